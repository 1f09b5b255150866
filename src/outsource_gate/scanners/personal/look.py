"""Which personal data stands in one text? Values stay in this process; they are compared with the base's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from outsource_gate.model.finding import Confidence
from outsource_gate.model.personal import Extent
from outsource_gate.scanners.personal import dumps, made_up
from outsource_gate.scanners.personal.columns import POINTS, Held, held
from outsource_gate.scanners.personal.national_ids import FORMS, KINDS
from outsource_gate.scanners.personal.payment import CARD, CARD_WORD, IBAN, is_card, is_iban, is_issued
from outsource_gate.scanners.personal.tables import Table, tables_in

MANY_ADDRESSES = 25
MAX_MATCHES = 20_000  # of one form in one text
_SURE_POINTS, _LEAST_POINTS = 4, 3
_NONE = Held("")
_CREDITED = {"names", "plain names", "e-mail addresses"}
# Where addresses are of those who wrote the software, and meant to be read.
_CREDITS = re.compile(
    r"(?i)(?:^|/)(?:(?:authors?|contributors?|contributing|maintainers?|credits|thanks|acknowledge?ments?|licen[cs]es?"
    r"|copying|copyright|notices?|third[_-]?party|changelog|changes|history|news|releases?|codeowners|owners|readme"
    r"|metadata|pkg-info|security|governance|code_of_conduct)(?:[_-][\w-]*)?(?:\.(?:md|markdown|txt|rst|adoc|html?|[0-9]+))*"
    r"|\.mailmap|package(?:-lock)?\.json|composer\.json|cargo\.toml|pom\.xml|setup\.(?:py|cfg)|pyproject\.toml"
    r"|[^/]*\.(?:gemspec|nuspec|podspec|cabal|po|pot|patch|diff|spec|lock|cff|pem|asc))$"
)
_CREDIT_LINE = re.compile(
    r"(?i)copyright|\(c\)|©|author|maintain|signed-off|co-authored|reviewed|reported|translat|contribut|thanks"
    r"|(?:written|submitted|requested|sent) by"
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One kind in one text. `values` never leave the process."""

    kind: str
    what: str
    extent: Extent
    confidence: Confidence
    line: int
    values: frozenset[str] = field(repr=False)
    rows: int = 0  # of tables and dumps; else the values are counted
    lines: frozenset[int] = frozenset()  # on which they stand

    @property
    def count(self) -> int:
        return self.rows or len(self.values)


def seen_in(path: str, text: str) -> tuple[Seen, ...]:
    """Look through one text; linear in its length."""
    tables = tuple(tables_in(text))
    found: dict[str, Seen] = {}
    is_credits = _CREDITS.search(path) is not None
    for table in tables:
        for one in _of_table(table, is_credits=is_credits):
            _keep(found, one)
    for one in (*_dump(text, tables, found.get("table")), *_cards(text), *_ibans(text), *_forms(text)):
        _keep(found, one)
    if not is_credits:
        known = found["table"].values if "table" in found else frozenset()
        for one in _addresses(text):
            if not one.values <= known:
                _keep(found, one)
    return tuple(found.values())


def _keep(found: dict[str, Seen], one: Seen) -> None:
    """One kind is told once: the surest, then the one with most."""
    old = found.get(one.kind)
    if old is None or (one.confidence.rank, one.count) > (old.confidence.rank, old.count):
        found[one.kind] = one


def _of_table(table: Table, *, is_credits: bool) -> Iterator[Seen]:
    columns = [(name, one) for name, values in table.columns if (one := held(name, values))]
    made_up_throughout = any(one.is_made_up for _, one in columns)
    holds = {one.what: one for _, one in columns if not one.is_made_up}
    line = table.lines[0] if table.lines else 1
    confidence = _confidence(holds, is_made_up=made_up_throughout)
    if confidence and not (is_credits and set(holds) <= _CREDITED):
        values = frozenset(value for _, one in columns for value in one.values)
        what = f"a table with {_listed([name for name in POINTS if name in holds])}"
        rows = min(table.rows, max(len(one.values) for one in holds.values())) if not table.name else table.rows
        yield Seen("table", what, Extent.TABLE, confidence, line, values, max(rows, 1), frozenset(table.lines))
    for name, one in columns:
        if (record := _record(name, one)) is not None:
            kind, what, sure = record
            yield Seen(kind, what, Extent.RECORD, sure, line, frozenset(one.values), lines=frozenset(table.lines))


def _confidence(holds: dict[str, Held], *, is_made_up: bool) -> Confidence | None:
    """Two kinds of columns at least; with reserved addresses throughout, checked numbers alone count."""
    kinds = [name for name in holds if not is_made_up or POINTS[name] == 3]
    points = sum(POINTS[name] for name in kinds)
    if points < _LEAST_POINTS or len(holds) < 2 or set(holds) <= {"names", "plain names"}:
        return None
    if max(POINTS[name] for name in kinds) < 2:
        return Confidence.LOW
    return Confidence.HIGH if points >= _SURE_POINTS else Confidence.MEDIUM


def _record(announced: str, one: Held) -> tuple[str, str, Confidence] | None:
    count = len(one.values)
    sure = Confidence.HIGH if count >= 3 else Confidence.MEDIUM
    match one.what:
        case "national ids":
            return f"national-id-{one.country}", KINDS[one.country][0], sure if announced else Confidence.MEDIUM
        case "card numbers":
            return "payment-card", "payment card numbers", sure
        case "IBANs":
            return "iban", "bank accounts (IBAN)", Confidence.HIGH if count >= 10 else _few(count)
        case _:
            return None


def _few(count: int) -> Confidence:
    return Confidence.MEDIUM if count >= 3 else Confidence.LOW


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _dump(text: str, tables: Sequence[Table], table: Seen | None) -> Iterator[Seen]:
    rows, of_people = dumps.rows_of(tables)
    is_dump = rows >= dumps.LEAST_ROWS and dumps.has_header(text)
    if not is_dump and of_people < dumps.MANY_ROWS:
        return
    made_up_alone = table is None and _has_reserved_addresses_alone(tables)
    if made_up_alone and not is_dump:
        return
    sure = Confidence.HIGH if is_dump and of_people >= dumps.LEAST_ROWS and not made_up_alone else Confidence.MEDIUM
    what = "a database dump with content" if is_dump else "many rows for a table of people"
    lines = frozenset(number for one in tables if one.name for number in one.lines)
    values = frozenset(value for one in tables if one.name for _, column in one.columns for value in column)
    yield Seen("database-dump", what, Extent.TABLE, sure, min(lines, default=1), values, rows, lines)


def _has_reserved_addresses_alone(tables: Sequence[Table]) -> bool:
    columns = [held(name, values) or _NONE for one in tables for name, values in one.columns]
    return any(one.is_made_up for one in columns)


def _cards(text: str) -> Iterator[Seen]:
    """A number alone says little; a word beside it, or many that are all valid, say more."""
    valid: dict[str, int] = {}
    issued: set[str] = set()
    named = False
    for match in islice(CARD.finditer(text), MAX_MATCHES):
        digits = re.sub("[ -]", "", match[0])
        if not is_issued(digits):
            continue
        issued.add(digits)
        if is_card(digits):
            valid.setdefault(digits, match.start())
            near = text[max(match.start() - 60, text.rfind("\n", 0, match.start()) + 1, 0) : match.start()]
            named = named or bool(match[1] or match[2] or CARD_WORD.search(near))
    if not valid or (not named and (len(valid) < 5 or len(valid) < 0.8 * len(issued))):
        return
    if len(valid) < 0.5 * len(issued) and len(valid) < 5:
        return
    sure = Confidence.HIGH if named and len(valid) >= 3 else Confidence.MEDIUM
    yield _numbers("payment-card", "payment card numbers", sure, text, valid)


def _ibans(text: str) -> Iterator[Seen]:
    valid: dict[str, int] = {}
    for match in islice(IBAN.finditer(text), MAX_MATCHES):
        if is_iban(match[0]):
            valid.setdefault(match[0].replace(" ", ""), match.start())
    if valid:
        sure = Confidence.HIGH if len(valid) >= 10 else _few(len(valid))
        yield _numbers("iban", "bank accounts (IBAN)", sure, text, valid)


def _forms(text: str) -> Iterator[Seen]:
    """Ids whose form is rare: several of them, and nearly all valid."""
    for country, form in FORMS.items():
        what, is_valid = KINDS[country]
        all_of_form: set[str] = set()
        valid: dict[str, int] = {}
        for match in islice(form.finditer(text), MAX_MATCHES):
            all_of_form.add(match[0])
            if is_valid(match[0]) and not made_up.is_made_up_id(match[0]):
                valid.setdefault(match[0], match.start())
        if len(valid) >= 3 and len(valid) >= 0.8 * len(all_of_form):
            sure = Confidence.HIGH if len(valid) >= 10 else Confidence.MEDIUM
            yield _numbers(f"national-id-{country}", what, sure, text, valid)
        elif valid and country in ("it", "br") and len(valid) == len(all_of_form):
            yield _numbers(f"national-id-{country}", what, Confidence.LOW, text, valid)


def _addresses(text: str) -> Iterator[Seen]:
    found: dict[str, int] = {}
    every = made_up.addresses_in(text) if text.count("@") >= MANY_ADDRESSES else ()
    for start, address in islice(every, MAX_MATCHES):
        known = address.lower()
        if known not in found and made_up.is_real_email(known) and not _is_credit(text, start):
            found[known] = start
    if len(found) >= MANY_ADDRESSES:
        sure = Confidence.HIGH if len(found) >= 4 * MANY_ADDRESSES else Confidence.MEDIUM
        yield _numbers("email-addresses", "many e-mail addresses", sure, text, found)


def _is_credit(text: str, start: int) -> bool:
    """Whether the line says that this is who wrote something, or it is part of a web address."""
    before = text[max(start - 100, 0) : start].rpartition("\n")[2]
    return _CREDIT_LINE.search(before) is not None or before.endswith("//")


def _numbers(kind: str, what: str, sure: Confidence, text: str, values: dict[str, int]) -> Seen:
    number, place = 1, 0
    lines = []
    for start in sorted(values.values()):
        number += text.count("\n", place, start)
        place = start
        lines.append(number)
    return Seen(kind, what, Extent.RECORD, sure, lines[0], frozenset(values), lines=frozenset(lines))
