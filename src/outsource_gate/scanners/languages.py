"""Which language is a file in, going by its name and its first line?"""

from __future__ import annotations

import re

from outsource_gate.scanners.names import BY_NAME, BY_SUFFIX, Kind, Named

_SHEBANG = re.compile(rb"#![ \t]*(\S+)(?:[ \t]+([^\n]*))?")
_INTERPRETERS = (
    (re.compile(r"(?:python|pypy)[\d.]*[dtw]?"), Named(Kind.CODE, "python", ".py")),
    (re.compile(r"r?(?:ba|da|a|k|mk|pdk)?sh"), Named(Kind.CODE, "bash", ".sh")),
    (re.compile(r"(?:node|nodejs|bun|qjs|d8)\d*"), Named(Kind.CODE, "javascript", ".js")),
    (re.compile(r"(?:j|truffle)?ruby[\d.]*|rake"), Named(Kind.CODE, "ruby", ".rb")),
    (re.compile(r"(?:deno|ts-node|ts-node-esm|tsx)"), Named(Kind.CODE, "typescript", ".ts")),
    (re.compile(r"dotnet"), Named(Kind.CODE, "csharp", ".cs")),
    (re.compile(r"kotlinc?"), Named(Kind.CODE, "kotlin", ".kt")),
    (re.compile(r"php(?:-cgi)?[\d.]*"), Named(Kind.CODE, "php", ".php")),
)
# What unknown kinds of text are taken for if two lines look like it.
_LOOKS = tuple(
    (re.compile(pattern, re.MULTILINE), Named(Kind.CODE, label, suffix))
    for label, suffix, pattern in (
        (
            "ruby",
            ".rb",
            r"^(?:(?:gem|require(?:_relative)?) ['\"]|[ \t]*(?:class \w+ < |def [\w.]+[?!]?(?:\([^()\n]*\))?$))",
        ),
        ("kotlin", ".kt", r"^(?:package [\w.]+$|[ \t]*(?:(?:p\w+|override|suspend) )?fun [\w.]+\()"),
        ("python", ".py", r"^(?:from [\w.]+ import [\w(*]|import \w[\w., ]*$|[ \t]*(?:async )?def \w+\()"),
        ("java", ".java", r"^(?:package [\w.]+;|import (?:static )?[\w.*]+;|public .*\b(?:class|enum|interface) )"),
        ("terraform", ".tf", r"^(?:resource|data|module|variable|provider|output)(?: \"[\w-]+\"){1,2} \{"),
        ("c", ".c", r"^#(?:include[ \t]*[<\"]|define[ \t]+\w|ifn?def[ \t]+\w|endif\b)"),
        (
            "php",
            ".php",
            r"^(?:<\?(?:php\b|=)|namespace [\w\\]+;|use \w+\\[\w\\]+;)|\$_(?:GET|POST|COOKIE|SERVER)\[|\$this->",
        ),
        ("csharp", ".cs", r"^(?:(?:global )?using (?:static )?[A-Z][\w.]*;|namespace [\w.]+;?$)"),
        ("bash", ".sh", r"^[ \t]*(?:fi|done|esac|export [A-Z_]+=.*|set -[eux]+(?:o pipefail)?|if \[.*\]; then)$"),
        ("dockerfile", ".dockerfile", r"^(?:(?:RUN|COPY|ENTRYPOINT|WORKDIR|CMD) [\S]|FROM \S+(?: [Aa][Ss] \S+)?$)"),
        ("go", ".go", r"^(?:package \w+$|func [\w(]|import \(?\"?)"),
        ("javascript", ".js", r"^(?:import .* from ['\"]|export |module\.exports|(?:async )?function \w+\()"),
        ("javascript", ".js", r"^(?:const|let|var) .*="),
    )
)
UNKNOWN = Named(Kind.UNKNOWN, "a kind of file that is not known here")


def by_name(path: str) -> Named:
    """Say what a path's last part promises; case is folded, as file systems and people do."""
    name = path.rsplit("/", 1)[-1].lower()
    if name in BY_NAME:
        return BY_NAME[name]
    for parts in (name.rsplit(".", 2), name.rsplit(".", 1)):  # .tf.json is more than .json
        if parts[0] and (found := BY_SUFFIX.get("." + ".".join(parts[1:]))):
            return found
    # Dockerfile.dev, Makefile.am; LICENSE-MIT, README.de: what stands before the first dot or dash.
    first = re.split(r"[.-]", name[1:], maxsplit=1)[0]
    return BY_NAME.get(name[:1] + first, UNKNOWN)


def by_first_line(data: bytes) -> Named | None:
    """Say what a `#!` line promises; None where there is none."""
    match = _SHEBANG.match(data)
    if not match:
        return None
    words = [word for word in match[0][2:].decode("utf-8", "replace").split() if word]
    names = [word.rsplit("/", 1)[-1] for word in words]
    if names and names[0] == "env":  # `env -S`, `env NAME=value`: the first word that is no option
        names = [name for name in names[1:] if not name.startswith("-") and "=" not in name]
    interpreter = names[0].lower() if names else ""
    for pattern, named in _INTERPRETERS:
        if pattern.fullmatch(interpreter):
            return named
    return Named(Kind.UNSUPPORTED, f"a script for {interpreter or 'nothing'}")


def by_look(text: str) -> Named | None:
    """Guess the language of text whose name says nothing; two lines have to look like it."""
    for pattern, named in _LOOKS:
        if len(pattern.findall(text, 0, 200_000)) >= 2:
            return named
    return None
