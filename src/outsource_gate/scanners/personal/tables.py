"""Where in a text stand tables? Delimited lines, rows of SQL, keys with values, cells of HTML and XML.

No format is parsed, neither JSON nor YAML nor code: what nests, breaks off or lies about its format is read the
same way, once, from front to back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from outsource_gate.scanners.personal.columns import LEAST, heading

MAX_ROWS = 4_000  # of one table that are looked at, evenly spread; all are counted
MAX_CELLS = 100
_MAX_CELL = 200
_MAX_LINE = 4_000
_MAX_ROW = 20_000  # characters of a row of INSERT
_MAX_BROKEN = 1_000  # INSERTs behind which no row can be read
_MAX_ODD_LINES = 3  # inside a table that do not fit
_DELIMITERS = ",;\t|"
_PAIR = re.compile(
    r"(?<![\w$-])([A-Za-z_][\w-]{1,39}+)[\"'\\]{0,2}+[ \t]{0,3}+(?:=>|[:=](?![:=]))[ \t]{0,3}+"
    r"(?:\\{0,2}\"((?:[^\"\\\n]|\\u[0-9a-fA-F]{4}){1,120})[\"\\]|'([^'\\\n]{1,120})'|([^\s\"'\\,;{}\[\]<>()=:][^\"',;{}\[\]<>()\n]{0,119}))"
)
_SPOKEN = re.compile(r"\"([A-Za-z][\w-]{0,30} [\w -]{1,30})\"[ \t]{0,3}:[ \t]{0,3}\"?([^\"\\\n,{}\[\]]{1,120})")
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]{1,39}+)(?: [^<>\n]{0,200})?>([^<>\n]{1,120})</")
_CELL = re.compile(r"<t[dh](?: [^<>]{0,200})?>([^<>]{0,200})</t[dh]|(</tr)", re.IGNORECASE)
_INSERT = re.compile(
    r"[Ii](?<!\w.)(?i:nsert\s{1,9}(?:ignore\s{1,9}|or\s{1,9}\w{1,9}\s{1,9})?into)\s{1,9}([\w.\"`\[\]]{1,128})\s{0,9}"
    r"(?:\(([^()]{1,4000})\)\s{0,9})?(?i:values?)\s{0,9}(?=\()"
)
_COPY = re.compile(r"^COPY ([\w.\"]{1,128}) \(([^()\n]{1,4000})\) FROM stdin;\n", re.MULTILINE)
_TUPLE = re.compile(
    r"\s{0,9}+\(((?:[^()'\"]++|\([^()'\"]{0,200}\)|'(?:[^'\\]++|\\.|'')*+'|\"[^\"]*+\")*+)\)\s{0,9}+,?", re.DOTALL
)
_VALUE = re.compile(r"\s*+(?:[NnEe]?'((?:[^'\\]++|\\.|'')*+)'|([^,]*+)),?", re.DOTALL)


@dataclass(slots=True)
class Table:
    """Columns with their headings ("" where none is given); `rows` counts also those that are not kept."""

    name: str  # of a database's table; "" where there is none
    columns: list[tuple[str, list[str]]]
    rows: int
    lines: list[int] = field(default_factory=list)  # from 1, of the rows that are kept


def tables_in(text: str) -> Iterator[Table]:
    """Give every table of the text, in no order; one text can be several of them."""
    lines = text.split("\n")
    for delimiter in _DELIMITERS:
        if text.count(delimiter) >= LEAST:
            yield from _delimited(lines, delimiter)
    if "insert" in text or "INSERT" in text or "Insert" in text:
        yield from _inserts(text)
    if "FROM stdin;" in text:
        yield from _copies(text)
    keyed = _keyed(text)
    if keyed.columns:
        yield keyed
    if "</t" in text:
        yield from _cells(text)


def _delimited(lines: Sequence[str], delimiter: str) -> Iterator[Table]:
    """Runs of lines with the same number of delimiters; a few others between them are passed over."""
    run: list[int] = []
    width = odd = 0
    last = -1
    for number, most in enumerate([line.count(delimiter) for line in lines]):
        if not most or not (count := _count(lines[number], delimiter)):
            continue
        odd += number - last - 1
        last = number
        allowed = _MAX_ODD_LINES if len(run) >= LEAST else 0
        if count == width and odd <= allowed:
            run.append(number)
            odd = 0
            continue
        odd += 1
        if odd > allowed:
            if len(run) >= LEAST:
                yield from _of_run(lines, run, delimiter)
            run, width, odd = [number], count, 0
    if len(run) >= LEAST:
        yield from _of_run(lines, run, delimiter)


def _count(line: str, delimiter: str) -> int:
    """Delimiters outside of quotation marks; a line that is too long counts as none."""
    if len(line) > _MAX_LINE:
        return 0
    if '"' not in line:
        return line.count(delimiter)
    return sum([part.count(delimiter) for part in line.split('"')[::2]])


def _of_run(lines: Sequence[str], run: list[int], delimiter: str) -> Iterator[Table]:
    first = _split(lines[run[0]], delimiter)
    names = [heading(cell) for cell in first] if not any("@" in cell for cell in first) else []
    has_heading = any(names)
    body = run[1:] if has_heading else run
    kept = [body[at] for at in _spread(len(body))]
    columns: list[list[str]] = [[] for _ in first]
    for number in kept:
        for column, cell in zip(columns, _split(lines[number], delimiter), strict=False):
            column.append(cell)
    headings = names if has_heading else [""] * len(first)
    yield Table("", list(zip(headings, columns, strict=True)), len(body), [number + 1 for number in kept])


def _spread(count: int) -> list[int]:
    """At most MAX_ROWS places, one in each stretch and not in step: rows may repeat."""
    step = count // MAX_ROWS + 1
    return [min(start + start * 31 // step % step, count - 1) for start in range(0, count, step)]


def _split(line: str, delimiter: str) -> list[str]:
    if '"' in line:
        parts = line.split('"')
        parts[1::2] = [part.replace(delimiter, "\0") for part in parts[1::2]]
        line = '"'.join(parts)
    return [_clean(cell.replace("\0", delimiter)) for cell in line.split(delimiter, MAX_CELLS)[:MAX_CELLS]]


def _clean(cell: str) -> str:
    return cell[:_MAX_CELL].strip(" \t\r\"'`()[]{}")


def _inserts(text: str) -> Iterator[Table]:
    """Rows of INSERT by table and columns, however many statements they are spread over."""
    found: dict[tuple[str, str], Table] = {}
    at = counted = failures = 0
    number = 1
    while failures < _MAX_BROKEN and (match := _INSERT.search(text, at)):
        at = match.end()
        row = None
        while row := _TUPLE.match(text, at, at + _MAX_ROW):
            number += text.count("\n", counted, row.start(1))
            counted, at = row.start(1), row.end()
            cells = [_clean(one[0] or one[1]) for one in _VALUE.findall(row[1])[:MAX_CELLS]]
            table = found.get((match[1], match[2] or "")) or _inserted(found, match, len(cells))
            table.rows += 1
            if table.rows <= MAX_ROWS or table.rows % 47 == 0:
                table.lines.append(number)
                for (_, column), cell in zip(table.columns, cells, strict=False):
                    column.append(cell)
        failures += at == match.end()
    yield from found.values()


def _inserted(found: dict[tuple[str, str], Table], match: re.Match[str], cells: int) -> Table:
    names = match[2].split(",")[:MAX_CELLS] if match[2] else [""] * cells
    table = Table(match[1].rpartition(".")[2].strip('"`[]'), [(heading(_clean(name)), []) for name in names], 0)
    found[match[1], match[2] or ""] = table
    return table


def _copies(text: str) -> Iterator[Table]:
    """Rows of PostgreSQL's COPY, up to the line with a backslash and a dot."""
    at = counted = 0
    number = 1
    while match := _COPY.search(text, at):
        end = text.find("\n\\.", match.end() - 1)
        rows = text[match.end() : end if end >= 0 else len(text)].split("\n")
        number += text.count("\n", counted, match.end())
        counted, at = match.end(), end if end >= 0 else len(text)
        kept = [place for place in _spread(len(rows)) if rows[place]]
        cut = [rows[place].split("\t", MAX_CELLS) for place in kept]
        columns = [
            (heading(_clean(name)), [_clean(row[index]) for row in cut if index < len(row)])
            for index, name in enumerate(match[2].split(",")[:MAX_CELLS])
        ]
        name = match[1].rpartition(".")[2].strip('"')
        yield Table(name, columns, sum(map(bool, rows)), [number + place for place in kept])


def _keyed(text: str) -> Table:
    """Values by key, wherever they stand: an array of objects, lines of JSON, a list in YAML, calls in code."""
    columns: dict[str, list[str]] = {}
    places: list[int] = []
    for pattern, sign in ((_PAIR, ""), (_SPOKEN, '":'), (_ELEMENT, "</")):
        if sign and sign not in text:
            continue
        for match in pattern.finditer(text):
            if announced := heading(match[1]):
                column = columns.setdefault(announced, [])
                if len(column) < MAX_ROWS:
                    column.append(_unescaped(match[match.lastindex or 2]))
                    places.append(match.start())
    most = max(map(len, columns.values()), default=0)
    return Table("", list(columns.items()), most, _numbers(text, places))


def _unescaped(value: str) -> str:
    if "\\u" in value:
        value = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), value)
    return value.strip(" \t\r\"'")


def _numbers(text: str, places: list[int]) -> list[int]:
    number, before, found = 1, 0, []
    for place in sorted(places):
        number += text.count("\n", before, place)
        before = place
        found.append(number)
    return list(dict.fromkeys(found))


def _cells(text: str) -> Iterator[Table]:
    """Rows of an HTML table, also inside the strings of a notebook."""
    rows: list[list[str]] = [[]]
    places: list[int] = []
    for match in _CELL.finditer(text):
        if match[2] is None:
            rows[-1].append(_clean(match[1]))
        elif rows[-1]:
            rows.append([])
            places.append(match.start())
        if len(rows) > MAX_ROWS:
            break
    if len(rows) <= LEAST:
        return
    first = rows[0]
    headings = [heading(cell) for cell in first]
    body = [row for row in rows[1:] if row]
    columns = [(name, [row[at] for row in body if at < len(row)]) for at, name in enumerate(headings)]
    yield Table("", columns, len(body), _numbers(text, places))
