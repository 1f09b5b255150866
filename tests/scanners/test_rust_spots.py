"""What semgrep does not see of Rust."""

from __future__ import annotations

from pathlib import Path

import pytest

from outsource_gate.model.finding import Read
from outsource_gate.scanners.classify import classify
from outsource_gate.scanners.run import scan_paths
from outsource_gate.scanners.rust_spots import rust_spot
from outsource_gate.scanners.semgrep import SCANNER
from tests.scanners.fake import write


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('fn a() { run! { Command::new("sh") } }\n', "inside the macro run"),
        ('fn a() { println!("{:?}", (Command::new("sh")).status()); }\n', "inside the macro println"),
        ("macro_rules! m { ($a:expr) => { TcpStream::connect($a) } }\n", "inside the macro macro_rules"),
        ('fn a() { run!(")", \')\', r#")"#, /* ) */ Command::new(b)); }\n', "inside the macro run"),
        ("fn a() { r#exec(1) }\n", "r#"),
        ('include!("notes.txt");\n', "notes.txt"),
        ('#[path = "table.csv"]\nmod a;\n', "table.csv"),
    ],
)
def test_code_that_rules_do_not_see_is_told(text: str, says: str) -> None:
    """semgrep gives no error for any of these"""
    assert says in (rust_spot(text) or "")
    assert classify("a.rs", text.encode()).read is Read.UNREAD


@pytest.mark.parametrize(
    "text",
    [
        'fn a() { println!("{}", 1); Command::new("ls"); }\n',
        "fn a<'b>(c: &'b str) { log!(\"Command::new(\"); TcpStream::connect(c); }\n",
        "fn a(r#type: u8, r#match: u8) {}\n",
        'fn a() { let x = vec![1, 2]; let s = r#"raw"#; TcpStream::connect(x); }\n',
        'include!("tables.rs");\n#[path = "other.rs"]\nmod other;\n',
        "",
    ],
)
def test_ordinary_rust_is_not_held_up(text: str) -> None:
    """near misses of each form"""
    assert rust_spot(text) is None


@pytest.mark.tools
def test_rust_is_scanned_and_a_broken_file_is_not(tmp_path: Path) -> None:
    """a file that semgrep cannot parse is never counted as scanned"""
    write(tmp_path, "good.rs", "fn a() { b(); }\n")
    write(tmp_path, "bad.rs", "fn a( {\n")
    result = scan_paths([tmp_path], scanners=(SCANNER,))
    assert {row.path.rsplit("/", 1)[-1]: row.read for row in result.coverage} == {
        "good.rs": Read.SCANNED,
        "bad.rs": Read.UNREAD,
    }
