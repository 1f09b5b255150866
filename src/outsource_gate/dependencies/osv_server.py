"""What does a server of the OSV API say of these packages? It is told names, and never a version.

https://google.github.io/osv.dev/api/. All entries of a name are fetched, and what they mean for a version is judged
here, as for a database. So a server that orders versions otherwise than their ecosystem does hides nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from outsource_gate.dependencies.osv import Advisory, Found, Wanted, is_withdrawn, keep, modified, names_of, parsed
from outsource_gate.dependencies.osv_files import DatabaseError
from outsource_gate.dependencies.osv_names import FOLDED, spellings
from outsource_gate.globs import covers
from outsource_gate.model.vulnerability import ECOSYSTEMS, Database
from outsource_gate.policy.sources import OsvServer
from outsource_gate.web.session import BoundedSession, Bounds

BOUNDS = Bounds(seconds=120, bytes=256 << 20, requests=6_000, one_response_bytes=16 << 20)
MAX_NAME = 300
MAX_NAMES = 10_000
MAX_ENTRIES = 5_000
MAX_PAGES = 50
_BATCH = 500  # the API takes twice as many
_SIDE_BY_SIDE = 8
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,99}")
_SPLIT = "split the change up, or let the job download the database, and name it: check --osv PATH"


@dataclass(frozen=True, slots=True)
class _Query:
    """One spelling of one name."""

    kind: str  # purl type
    key: str
    name: str

    def body(self, page: str) -> dict[str, object]:
        asked = {"package": {"ecosystem": ECOSYSTEMS[self.kind], "name": self.name}}
        return asked | ({"page_token": page} if page else {})


@dataclass(slots=True)
class _Answers:
    """What the server said: ids by query, and the entries as they came."""

    ids: dict[_Query, list[str]] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)


def advisories_from(server: OsvServer, wanted: Wanted, now: datetime) -> Found:
    """Look up names by purl type, as `osv.advisories_for` does. DatabaseError where an answer is not whole."""
    queries, withheld = _queries(server, wanted)
    found = Found(withheld=withheld)
    if not queries:
        return found
    with BoundedSession(server.api, BOUNDS, error=DatabaseError, server="the list") as session:
        asking = _Asking(server, session)
        answers = _Answers(asking.ids(queries))
        answers.raw = asking.entries(sorted({one for ids in answers.ids.values() for one in ids}))
    entries = {id: _entry(server, id, raw) for id, raw in answers.raw.items()}
    _check_subject(server, answers, entries)
    for advisory in entries.values():
        keep(advisory, wanted, found)
    for kind in sorted({one.kind for one in queries}):
        found.databases[kind] = _database(kind, answers, now)
    found.missing = _unsure(answers)
    return found


def _queries(server: OsvServer, wanted: Wanted) -> tuple[list[_Query], int]:
    """What may be asked, and how many names are kept back."""
    queries: list[_Query] = []
    withheld = 0
    for kind, keys in sorted(wanted.items()):
        for key, names in sorted(keys.items()):
            asked = sorted({one for name in names for one in spellings(kind, name)})
            if not asked or any(_is_private(server, kind, name) for name in (key, *names)):
                withheld += 1
                continue
            if any(len(name) > MAX_NAME for name in asked):
                raise DatabaseError(f"a package's name of more than {MAX_NAME} characters", hint=_SPLIT)
            queries += (_Query(kind, key, name) for name in asked)
    if len(queries) > MAX_NAMES:
        raise DatabaseError(f"{len(queries)} packages, of at most {MAX_NAMES} {server.host} is asked", hint=_SPLIT)
    return queries, withheld


def _is_private(server: OsvServer, kind: str, name: str) -> bool:
    patterns = [one.replace("%40", "@") for one in server.private]
    forms = {name, name.replace("/", ":")} if kind == "maven" else {name}
    return any(covers(patterns, form, fold_case=True) for form in (*forms, f"pkg:{kind}/{name}"))


@dataclass(frozen=True, slots=True)
class _Asking:
    """One round of questions."""

    server: OsvServer
    session: BoundedSession

    def ids(self, queries: Sequence[_Query]) -> dict[_Query, list[str]]:
        """Give the ids of entries by query, page after page."""
        found: dict[_Query, list[str]] = {one: [] for one in queries}
        for at in range(0, len(queries), _BATCH):
            left = dict.fromkeys(queries[at : at + _BATCH], "")
            for _ in range(MAX_PAGES):
                left = dict(self._page(left, found))
                if not left:
                    break
            else:
                raise self._odd(f"says of {next(iter(left)).name} that there is more, after {MAX_PAGES} pages")
            if sum(map(len, found.values())) > MAX_ENTRIES:
                raise DatabaseError(f"{self.server.host}: more than {MAX_ENTRIES} entries to judge", hint=_SPLIT)
        return found

    def _page(self, left: Mapping[_Query, str], found: dict[_Query, list[str]]) -> Iterator[tuple[_Query, str]]:
        """Ask once, and give what has more pages."""
        body = json.dumps({"queries": [one.body(page) for one, page in left.items()]}).encode()
        answer = _json(self._ask("POST", "/v1/querybatch", body))
        results = answer.get("results") if isinstance(answer, dict) else None
        if not isinstance(results, list) or len(results) != len(left):
            raise self._odd(f"did not give {len(left)} results for as many questions")
        for (query, page), result in zip(left.items(), results, strict=True):
            more, ids = self._result(result)
            found[query] += ids
            if more and more == page:
                raise self._odd(f"gives the same page of {query.name} again")
            if more:
                yield query, more

    def _result(self, result: object) -> tuple[str, list[str]]:
        """The next page's token, and the ids of this one; a name that has no entry is answered with {}."""
        if not isinstance(result, dict):
            raise self._odd("gives a result that is no object")
        listed, more = result.get("vulns", []), result.get("next_page_token", "")
        if not isinstance(listed, list) or not isinstance(more, str):
            raise self._odd("gives a list of entries that is not as the API says")
        ids = [one.get("id") if isinstance(one, dict) else None for one in listed]
        if not all(isinstance(one, str) and _ID.fullmatch(one) for one in ids):
            raise self._odd("gives an entry without an id that is one")
        return more, [str(one) for one in ids]

    def entries(self, ids: Sequence[str]) -> dict[str, bytes]:
        """Give each entry as it is published."""
        with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
            asked = [pool.submit(self._ask, "GET", f"/v1/vulns/{quote(id)}") for id in ids]
            try:
                return {id: one.result() for id, one in zip(ids, asked, strict=True)}
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        answer = self.session.request(method, self.server.api.rstrip("/") + path, data=body, headers=headers)
        if answer.status_code != 200:
            raise self._odd(f"answered {answer.status_code} to {method} {path}")
        return answer.content

    def _odd(self, what: str) -> DatabaseError:
        return _odd(self.server, what)


def _odd(server: OsvServer, what: str) -> DatabaseError:
    return DatabaseError(f"{server.host}: {what}", hint="run the job again; if it stays so, ask who runs the list")


def _json(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _entry(server: OsvServer, id: str, raw: bytes) -> Advisory:
    advisory = parsed(server.host, id, raw)
    if advisory["id"] != id:
        raise _odd(server, f"gives {advisory['id'][:100]} for {id}")
    return advisory


def _check_subject(server: OsvServer, answers: _Answers, entries: Mapping[str, Advisory]) -> None:
    """A server that names entries of something else did not understand the question, or does not want to."""
    for query, ids in answers.ids.items():
        for id in ids:
            if (query.kind, query.key) not in names_of(entries[id]) and not is_withdrawn(entries[id]):
                raise _odd(server, f"gives {id} for {query.name}, of which it does not speak")


def _unsure(answers: _Answers) -> set[str]:
    """Ecosystems in which silence says nothing, because names are compared by case and ours may be another."""
    known = {(query.kind, query.key) for query, ids in answers.ids.items() if ids}
    return {one.kind for one in answers.ids if one.kind in FOLDED and (one.kind, one.key) not in known}


def _database(kind: str, answers: _Answers, now: datetime) -> Database:
    """Name the answers of one ecosystem: the entries, and which of them each name was answered with."""
    asked = {query: sorted(set(ids)) for query, ids in answers.ids.items() if query.kind == kind}
    ids = sorted({id for found in asked.values() for id in found})
    lines = [f"{_sha256(answers.raw[id])}  {id}\n" for id in ids]
    lines += [f"{_sha256(' '.join(found).encode())}  {json.dumps(query.name)}\n" for query, found in asked.items()]
    newest = max(filter(None, (modified(answers.raw[id], now) for id in ids)), default=None)
    return Database(kind, _sha256("".join(sorted(lines)).encode()), len(ids), newest)


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
