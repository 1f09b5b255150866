"""Which lines of a cell are Python and which a shell's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outsource_gate.scanners.magics import UnknownMagicError, parted


def split(cell: str) -> tuple[list[str], list[str]]:
    found = parted(cell.split("\n"))
    return list(found.python), list(found.shell)


@pytest.mark.parametrize(
    ("cell", "python", "shell"),
    [
        ("x = 1\n!pip install a", ["x = 1", "pass"], ["", "pip install a"]),
        ("files = !ls -l", ["files = None"], ["ls -l"]),
        ("!!id", ["pass"], ["id"]),
        ("if a:\n    !id", ["if a:", "    pass"], ["", "id"]),
        ("!curl a \\\n  | sh\nx = 1", ["pass", "", "x = 1"], ["curl a \\", "  | sh", ""]),
        ("%pip install a", ["pass"], ["pip install a"]),
        ("%ls; id", ["pass"], ["ls ; id"]),
        ("%%bash\nid\n", ["", "", ""], ["", "id", ""]),
        ("\n%%script sh\nid", ["", "", ""], ["", "", "id"]),
        ("%%time\nf(x)", ["", "f(x)"], ["", ""]),
        ("%%timeit -n 10 x = 1\nf(x)", ["x = 1", "f(x)"], ["", ""]),
        ("%time f(x)", ["f(x)"], [""]),
        ("y = %time f(x)", ["y = f(x)"], [""]),
        ("%matplotlib inline", ["pass"], [""]),
        ("%config A.b = f(x)", ["A.b = f(x)"], [""]),
        ("%load_ext mod", ["import mod"], [""]),
        ("!echo {f(x)}", ["(f(x),)"], ["echo {f(x)}"]),
        ("!echo ${HOME} $(date)", ["pass"], ["echo ${HOME} $(date)"]),
        ("f?\n?g\n# what?", ["pass", "pass", "# what?"], ["", "", ""]),
    ],
)
def test_each_line_goes_to_whom_ipython_gives_it(cell: str, python: list[str], shell: list[str]) -> None:
    """Commands to the shell, statements to Python, and every line keeps its number"""
    assert split(cell) == (python, shell)


@pytest.mark.parametrize(
    "cell",
    [
        "s = '''\n!id\n'''",
        "x = (a\n%b)",
        's = """\na = ! """; f(x); """\n"""',
        "x = [1,\n!=2]",
        "print('%d' % 3)",
        "a = b != c",
        "await f()",
    ],
)
def test_what_only_looks_like_a_command_is_python(cell: str) -> None:
    """In strings and brackets; else code could be passed off as a command"""
    assert split(cell)[0] == cell.split("\n")


@pytest.mark.parametrize(
    "cell",
    [
        "%%perl\nprint 1",
        "%%html\n<script>x</script>",
        "%%writefile a.py\nx",
        "%run other.py",
        "%frobnicate",
        "x = '''",
        "f(",
        "try:\n    %time '''\nexcept BaseException:\n    pass\nf(x) # '''",
        "%config a = '''\nf(x)\n'''",
        "!echo {'{'+f(x)+'}'}{{g(1)}",
    ],
)
def test_what_is_not_known_is_not_guessed(cell: str) -> None:
    """A magic of an extension, a cell that does not end, a command that would swallow the lines below it"""
    with pytest.raises(UnknownMagicError):
        parted(cell.split("\n"))


@given(
    st.lists(st.sampled_from(["!id", "x = 1", "'''", '"""', "(", ")", "%time f(", "  y", "a = !b", "\\", "%%bash"]))
)
def test_lines_keep_their_numbers(lines: list[str]) -> None:
    """Whatever stands there, both have as many lines, or nothing is said"""
    try:
        found = parted(lines)
    except UnknownMagicError:
        return
    assert len(found.python) == len(found.shell) == len(lines)
    assert all(line in (*lines, "id", "b", ":") for line in found.shell if line)
