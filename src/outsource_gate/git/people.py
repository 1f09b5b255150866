"""Who is named in the newest commits of a branch, how often and when?

The same raw objects, read the same way as for `check`; signatures are not looked at, as nothing here is believed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from outsource_gate.git.commits import parse_commit
from outsource_gate.git.objects import Stored, full_id, reading
from outsource_gate.model.history import Contribution, History
from outsource_gate.model.identity import Claim, ascii_lower
from outsource_gate.model.source import Commit, Revision

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_COMMITS = 20_000
MAX_COMMIT = 256 * 1024  # a larger one is left out: nobody is proposed because of it
MAX_ADDRESSES = 10_000
MAX_NAMES = 20  # of one address
MAX_EMAIL = 320
WALK_SECONDS = 120.0


@dataclass(slots=True)
class _Trace:
    first: int
    last: int
    commits: int = 0
    wrote: int = 0
    names: Counter[str] = field(default_factory=Counter)


def read_history(
    repository: Repository, tip: Revision, since: datetime, now: datetime, max_commits: int = MAX_COMMITS
) -> History:
    """Give everybody named since a day, within bounds; a date in the future counts as now."""
    traces: dict[str, _Trace] = {}
    count, is_cut = 0, False
    for when, commit in _commits(repository, tip, since, max_commits + 1):
        if count == max_commits:
            is_cut = True
            break
        count += 1
        is_cut |= _take(traces, commit, min(when, int(now.timestamp())))
    found = sorted(traces.items(), key=lambda item: (-item[1].commits, item[0]))
    return History(tip.asked, since.date(), count, tuple(_contribution(*item) for item in found), is_cut)


def _commits(repository: Repository, tip: Revision, since: datetime, limit: int) -> Iterator[tuple[int, Commit]]:
    times: list[int] = []
    options = (f"--max-count={limit}", f"--max-age={int(since.timestamp())}")
    with reading(repository) as objects:
        oids = _walk(repository, options, full_id(tip.commit), times)
        for number, stored in enumerate(objects.read_many(oids, MAX_COMMIT)):
            if isinstance(stored, Stored) and stored.kind == "commit":
                yield times[number], parse_commit(stored.oid, stored.body)


def _walk(repository: Repository, options: tuple[str, ...], tip: str, times: list[int]) -> Iterator[str]:
    with repository.stream("rev-list", "--timestamp", *options, "--stdin", timeout_seconds=WALK_SECONDS) as walk:
        walk.feed(f"{tip}\n".encode())
        for line in walk.out:
            when, _, oid = line.decode("ascii").rstrip("\n").partition(" ")
            times.append(int(when))
            yield oid
        walk.succeed()


def _take(traces: dict[str, _Trace], commit: Commit, when: int) -> bool:
    """Note everybody in a commit once; say whether somebody had to be left out."""
    makers = {ascii_lower(claim.email) for claim in (commit.author, commit.committer)}
    left_out = False
    for email, claim in _claims(commit).items():
        if email not in traces and len(traces) >= MAX_ADDRESSES:
            left_out = True
            continue
        trace = traces.setdefault(email, _Trace(when, when))
        trace.commits += 1
        trace.wrote += email in makers
        trace.first, trace.last = min(trace.first, when), max(trace.last, when)
        if claim.name in trace.names or len(trace.names) < MAX_NAMES:
            trace.names[claim.name] += 1
    return left_out


def _claims(commit: Commit) -> dict[str, Claim]:
    claims = (commit.co_authors, (commit.committer, commit.author))  # the author's name for an address wins
    everybody = {ascii_lower(claim.email): claim for group in claims for claim in group}
    return {email: claim for email, claim in everybody.items() if email and len(email) <= MAX_EMAIL}


def _contribution(email: str, trace: _Trace) -> Contribution:
    name = max(sorted(trace.names), key=lambda name: trace.names[name])
    return Contribution(email, name, trace.commits, trace.wrote, _day(trace.first), _day(trace.last))


def _day(when: int) -> date:
    return datetime.fromtimestamp(max(when, 0), UTC).date()
