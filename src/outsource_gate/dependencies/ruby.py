"""What do Gemfile, gemspec and Gemfile.lock declare? A Gemfile is a program: it is read line by line, never run."""

from __future__ import annotations

import re
from typing import Any

from outsource_gate.dependencies import Declared, Format, Unreadable, formats
from outsource_gate.dependencies.addresses import FULL_COMMIT, host_of, is_plain, told
from outsource_gate.model.dependency import DependencyProblem, Index, Package

_GEM = re.compile(
    r"\s*+(?:gem|\w+\.add_(?:runtime_|development_)?dependency)[ (]\s*+[\"']([\w.-]{1,100})[\"']\s*+(.*)", re.ASCII
)
_LOOSE = re.compile(r"\s*+(?:gem|\w+\.add_(?:runtime_|development_)?dependency)\b(?!\s*+[=.])", re.ASCII)
_SOURCE = re.compile(r"\s*+source[ (]\s*+[\"']([^\"']{1,300})[\"']")
_TEXT = re.compile(r"[\"']([^\"']{0,300})[\"']")
_OPTION = re.compile(
    r":?[\"']?(git|github|gitlab|bitbucket|gist|path|ref|tag|branch|source)[\"']?\s*+(?:=>|:)\s*+[\"']([^\"']{1,300})[\"']"
)
_BLOCK = re.compile(r"\s*+(git|path|github)[ (]\s*+[\"']([^\"']{1,300})[\"'](.*)\bdo\b")
_LOCKED = re.compile(r"    ([\w.-]+) \(([^()\s]+)\)", re.ASCII)


def gemfile(path: str, text: str) -> Declared:
    """Every `gem` and `source` that is written plainly; one that is computed cannot be read."""
    found, around = Declared(), ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.partition(" #")[0] if not raw.lstrip().startswith("#") else ""
        if match := _GEM.match(line):
            found.add(_asked(match[1], match[2] + around, path, number))
        elif match := _SOURCE.match(line):
            _index(found, match[1], path, number)
        elif match := _BLOCK.match(line):
            around = f", {match[1]}: '{match[2]}'{match[3]}"
        elif line.strip() == "end":
            around = ""
        elif _LOOSE.match(line) or re.match(r"\s*+(?:eval_gemfile|plugin|instance_eval)\b", line):
            raise Unreadable(f"line {number}: {line.strip()[:60]!r} is computed, or names another file")
    return found


def _index(found: Declared, url: str, path: str, line: int) -> None:
    found.indexes.append(Index("gem", told(url) or url[:100], path, line))
    if is_plain(url):
        what = f"packages come from {host_of(url)} without TLS"
        found.problems.append(DependencyProblem("unsafe-index", what, path=path, line=line))


def _asked(name: str, rest: str, path: str, line: int) -> Package:
    options = dict(_OPTION.findall(rest))
    versions = [text for text in _TEXT.findall(_OPTION.sub("", rest)) if re.match(r"[=<>~!\s]*\d", text)]
    common: dict[str, Any] = {"requirement": ", ".join(versions)[:300], "path": path, "line": line}
    for kind in ("git", "github", "gitlab", "bitbucket", "gist"):
        if kind in options:
            ref = options.get("ref") or options.get("tag") or options.get("branch") or ""
            place = options[kind] if kind == "git" else f"https://{kind}/{options[kind]}"
            return Package(
                "gem",
                name,
                ref,
                source="vcs",
                host=host_of(place),
                address=told(place),
                pinned=bool(FULL_COMMIT.fullmatch(ref)),
                **common,
            )
    if "path" in options:
        return Package("gem", name, source="path", address=options["path"], pinned=True, **common)
    exact = re.fullmatch(r"=?\s*+(\d[\w.]*)", versions[0]) if len(versions) == 1 else None
    return Package(
        "gem",
        name,
        exact[1] if exact else "",
        host=host_of(options.get("source", "")),
        address=told(options.get("source", "")),
        pinned=bool(exact),
        **common,
    )


def gemfile_lock(path: str, text: str) -> Declared:
    """Bundler's lock: sections with a remote, and the gems from it."""
    found, section, remote, revision = Declared(), "", "", ""
    sums = set(re.findall(r"^  ([\w.-]+ \([^()\n]+\)) sha256=", text, re.MULTILINE))
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>")):
            raise Unreadable(f"line {number}: a conflict is left over")
        if line and not line.startswith(" "):
            section, remote, revision = line.strip(), "", ""
        elif line.startswith("  remote: "):
            remote = line[10:].strip()
            if section == "GEM":
                _index(found, remote, path, number)
        elif line.startswith("  revision: "):
            revision = line[12:].strip()
        elif match := _LOCKED.fullmatch(line):
            found.add(_locked(section, match, remote, revision, path, number, sums))
        elif section == "DEPENDENCIES" and line.startswith("  "):
            name, _, wanted = line.strip().partition(" ")
            found.asks.setdefault("", {})[name.rstrip("!")] = wanted.strip("()")
    return found


def _locked(
    section: str, match: re.Match[str], remote: str, revision: str, path: str, line: int, sums: set[str]
) -> Package:
    common: dict[str, Any] = {"direct": False, "locked": True, "path": path, "line": line}
    name, version = match[1], match[2]
    if section == "GIT":
        fixed = bool(FULL_COMMIT.fullmatch(revision))
        return Package(
            "gem",
            name,
            version,
            requirement=revision,
            source="vcs",
            host=host_of(remote),
            address=told(remote),
            pinned=fixed,
            hashed=fixed,
            **common,
        )
    if section == "PATH":
        return Package("gem", name, version, source="path", address=remote, pinned=True, **common)
    return Package(
        "gem",
        name,
        version,
        host=host_of(remote),
        address=told(remote),
        pinned=True,
        hashed=match[0].strip() in sums,
        **common,
    )


FORMATS: tuple[Format, ...] = formats(
    "gem",
    ("manifest", r"gemfile|gems\.rb|[\w.-]+\.gemspec", gemfile),
    ("lock", r"gemfile\.lock|gems\.locked", gemfile_lock),
)
