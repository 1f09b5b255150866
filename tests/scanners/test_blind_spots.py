"""Text that scanners read otherwise than the interpreter does."""

from __future__ import annotations

import time

import pytest

from outsource_gate.scanners.blind_spots import blind_spot


def spot(language: str, text: str) -> str | None:
    return blind_spot(language, text.encode(), text)


@pytest.mark.parametrize(
    ("language", "text", "says"),
    [
        ("python", "# coding: utf-7\n# +AAo-import os\n", "encoding utf-7"),
        ("python", "# coding: unicode_escape\n# \\x0aimport os\n", "encoding unicode_escape"),
        ("python", "# coding: shift_jis\nx = 1\n", "encoding shift_jis"),
        ("python", "# a comment\rimport os\n", "bare carriage returns"),
        ("python", "\uff45\uff56\uff41\uff4c('x')\n", "the name eval"),
        ("python", "getattr(o, n).\u1d49xec()\n", "the name exec"),
        ("java", 'class A { // \\u000a Runtime.getRuntime().exec("id");\n}\n', "escapes"),
        ("java", "class A { // \\uuu000d x();\n}\n", "escapes"),
        ("java", "/* \\u002a\\u002f x(); /* */\n", "escapes"),
        ("java", "class A { // x\r y();\n}\n", "bare carriage returns"),
        ("javascript", "ev\\u0061l(x)\n", "escapes"),
        ("javascript", "\\u{65}val(x)\n", "escapes"),
        ("typescript", "ev\\u{00061}l(x)\n", "escapes"),
        ("go", "package a // x\rfunc b() {}\n", "bare carriage returns"),
        ("ruby", "# coding: sjis\nx = 1\n", "encoding sjis"),
        ("ruby", "#!/usr/bin/ruby\n# -*- coding: utf-7 -*-\n", "encoding utf-7"),
        ("ruby", "#!/usr/bin/ruby -Ks\nx = 1\n", "switch -K"),
        ("ruby", "__END__\rrun(1)\n", "bare carriage returns"),
        ("ruby", "def __END__; end\n  __END__\nrun(1)\n", "__END__"),
        ("ruby", "x = 1;__END__;\nrun(1)\n", "__END__"),
        ("ruby", "x = <<~A\n  #{run(1)}\nA\n", "inside a here-document"),
        ("ruby", "x = <<A\n#{params[:a]}\nA\n", "inside a here-document"),
        ("ruby", "x = foo(<<-A, <<~B)\n  a\n  A\n  #{`id`}\n  B\n", "inside a here-document"),
        ("ruby", "x = <<~`A`\n  id\nA\n", "as a command"),
        ("ruby", "x = 1\nx <<A\nrun(1)\nA\n", "shifts a value"),
        ("ruby", "@x <<~'A'\nrun(1)\nA\n", "shifts a value"),
        ("ruby", "def f(x)\n  x.y<<A\nrun(1)\nA\n", "shifts a value"),
        ("c", "int f(void) { return sys\\\ntem(x); }\n", "over two lines"),
        ("c", "/* a *\\\n/ system(x); /* b */\n", "over two lines"),
        ("c", "/* a *??/\n/ system(x); /* b */\n", "over two lines"),
        ("cpp", "// a\r system(x);\n", "bare carriage returns"),
        ("cpp", '#include "notes.txt"\n', "notes.txt, which is taken for prose"),
        ("c", "/* a */ # include <data/table.csv>\n", "table.csv, which is taken for data"),
        ("c", "#include TABLE\n", "what TABLE hides"),
        ("kotlin", "fun a() { // x\r b() }\n", "bare carriage returns"),
        ("kotlin", "fun a() = Runtime.getRuntime().`exec`(x)\n", "back-ticks"),
        ("kotlin", "fun a() {\n    `Runtime`.getRuntime()\n", "back-ticks"),
        ("terraform", 'acl = "public\\u002dread"\n', "escapes"),
        ("terraform", 'actions = ["\\U0000002a"]\n', "escapes"),
        ("terraform", "a = <<EOT\nx\nEOT\u00a0\nb = <<EOT\nEOT\n", "heredoc"),
        ("terraform", "a = <<-EOT\nx\n\u2003EOT\nb = <<EOT\nEOT\n", "heredoc"),
    ],
)
def test_each_known_way_to_be_read_otherwise_is_named(language: str, text: str, says: str) -> None:
    """the measured silences of the scanners end as unread, with the reason"""
    found = spot(language, text)
    assert found is not None
    assert says in found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "# -*- coding: utf-8 -*-\nx = 'é'\n"),
        ("python", "# coding: latin-1\nx = 1\n"),
        ("python", "# vim: fileencoding=UTF-8\r\nx = 1\r\n"),
        ("python", "größe = 1\nπ = 3\n"),
        ("python", "x = '\uff45\uff56\uff41\uff4c \ufb01 \u00b2'  # \ufb01\n"),
        ("java", "class A { char c = '\\u0000'; String s = \"\\u00e9\\u001b[0m\\\\u0041\"; }\n"),
        ("javascript", "const s = '\\u00e9\\u2028\\u003c\\u200b'\n"),
        ("javascript", "// one\u2028two\n"),
        ("go", "package a\r\n"),
        ("c", '#include <stdio.h>\n#include "a.inc"\r\n#include "x/table.def"\n'),
        ("cpp", "#include <version>\n#include <vector>\n"),
        ("c", '#define A(x) \\\n    f(x); \\\n    g(x)\nchar *s = "one\\\ntwo";\n'),
        ("c", "/* see # include of table */ int a = b ??/ 1;\n"),
        ("kotlin", 'fun `reads a file`() {\n    `when`(a.`is`(b))\n    // `exec`(x)\n    q("into `a`(`b`)")\r\n'),
        ("terraform", 'a = "\\u00e9 \\u003c \\\\u0041"\nb = <<EOT\nGröße\n\u00a0zwei Wörter\nEOT\n'),
        ("ruby", "# coding: utf-8\nx = <<~A\n  #{name} #{@a.b} #{list.join(', ')} #{quote(id)}\nA\n"),
        ("ruby", "x = <<~'A'\n  #{run(1)}\nA\nlist << <<~B\n  b\nB\n"),
        ("ruby", "puts <<A\nb\nA\nclass << self\nend\nx = 1 << BITS\nBITS\n"),
        ("ruby", "run(1)\n__END__\n#{run(1)}\n"),
        ("swift", "\\u0061\r"),
    ],
)
def test_ordinary_text_is_let_through(language: str, text: str) -> None:
    """accents, line ends of Windows, escapes in strings: nobody is denied for them"""
    assert spot(language, text) is None


def test_look_alikes_where_names_cannot_be_told_from_strings_are_named() -> None:
    """a file that does not tokenise gets no benefit of the doubt"""
    assert spot("python", "x = '\uff45\uff56'\n'''") is not None


def test_two_megabytes_of_anything_take_no_time() -> None:
    """no pattern here is worse than linear"""
    began = time.monotonic()
    for piece in (
        "\\",
        "\\u",
        "\\u00",
        "# coding",
        "\r\n",
        "\uff45",
        "\uff45 ",
        "<<A\n",
        "x <<A",
        "#{",
        "a, ",
        " A\n<<~A\n",
    ):
        for language in ("python", "java", "javascript", "go", "ruby"):
            spot(language, piece * (1_000_000 // len(piece)))
    assert time.monotonic() - began < 30
