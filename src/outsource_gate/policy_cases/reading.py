"""Which cases are there? Reads files strictly; what is not said in a case is taken from its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from outsource_gate.errors import PolicyError
from outsource_gate.policy.cases import Case, CasesFile, Given
from outsource_gate.policy.problems import validate
from outsource_gate.policy.source import MAX_FILE_BYTES
from outsource_gate.policy.yaml_text import Place, read_yaml, shown
from outsource_gate.registry import gates

_SUFFIXES = (".yaml", ".yml")
_HINT = "name files or folders with cases, or put them into tests/ beside the policy"


@dataclass(frozen=True, slots=True)
class WrittenCase:
    """A case, what it is given, where it stands."""

    case: Case
    given: Given
    file: Path
    place: Place


def read_cases(paths: Sequence[Path]) -> tuple[WrittenCase, ...]:
    """Read every case of the files and folders, in order; PolicyError where there is none at all."""
    found = tuple(case for path in paths for file in _files(path) for case in _cases(file))
    if not found:
        raise PolicyError(f"{', '.join(map(str, paths))}: no cases there", hint=_HINT)
    return found


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in _SUFFIXES and file.is_file())


def _cases(file: Path) -> Iterator[WrittenCase]:
    try:
        with file.open("rb") as handle:
            raw = handle.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise PolicyError(f"{file}: cannot be read: {error.strerror}", hint=_HINT) from error
    text = read_yaml(str(file), raw)
    written, names = validate(CasesFile, text), set[str]()
    if not written.cases:
        raise text.error(("cases",), "has no case", "add one, or remove the file")
    for number, case in enumerate(written.cases):
        place = text.place(("cases", number))
        if case.name in names:
            raise place.below("name").error(f"{shown(case.name)} stands here a second time", "give it another name")
        names.add(case.name)
        _check_codes(case, place.below("expect"))
        yield WrittenCase(case, _merged(written.given, case.given), file, place)


def _merged(shared: Given, own: Given | None) -> Given:
    if own is None:
        return shared
    return shared.model_copy(update={name: getattr(own, name) for name in own.model_fields_set})


def _check_codes(case: Case, place: Place) -> None:
    """A code that nothing says would make a case fail for its spelling, or pass for it."""
    known = gates()
    codes = sorted({code for gate in known.values() for code in gate.reasons})
    for gate in case.expect.gates:
        _check(gate, sorted(known), place.below("gates", gate))
    for key in ("reasons", "notes", "waived"):
        for number, code in enumerate(getattr(case.expect, key) or ()):
            _check(code, codes, place.below(key, number))


def _check(word: str, known: list[str], place: Place) -> None:
    if word not in known:
        close = get_close_matches(word, known, 1, 0.6)
        hint = f"did you mean {close[0]}?" if close else "`outsource-gate explain` lists gates and reason codes"
        raise place.error(f"nothing is called {shown(word)}", hint)
