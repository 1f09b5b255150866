"""Whose work are these lines of a head? From blame to commits, from commits to people and vendors.

A commit's words decide, as far as no signature does: who pushed it is known to a forge alone, and is not asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from outsource_gate.attribution import Beliefs, Directory, attribute
from outsource_gate.errors import GitError
from outsource_gate.git.blame import Blamed, Wanted, blame
from outsource_gate.git.lineage import Dated, Lineage, lineage, read_dated
from outsource_gate.git.repository import Repository
from outsource_gate.model.facts import CommitAttribution, Unavailable
from outsource_gate.model.origin import Brought, Landing, Origin, Placed
from outsource_gate.model.source import Commit, Revision

Span = tuple[str, int, int]  # path, first line, last line
Attributing = Callable[[Commit], CommitAttribution]


@dataclass(frozen=True, slots=True)
class Known:
    """Who is registered, for saying whose work a commit is."""

    directory: Directory
    beliefs: Beliefs
    openpgp_keys: tuple[str, ...] = ()

    def attribution(self, commit: Commit) -> CommitAttribution:
        """Each commit alone: another one of the history makes nobody's claim doubtful."""
        return attribute((commit,), None, self.directory, self.beliefs).commits[0]


def origins(
    repository: Repository, head: Revision, spans: Iterable[Span], known: Known | None
) -> dict[Span, Origin | Unavailable]:
    """Say of each span where it is from; a clone that cannot answer for its history says so of all."""
    asked = tuple(dict.fromkeys(spans))
    if not asked:
        return {}
    missing = repository.completeness()
    if missing:
        return dict.fromkeys(asked, missing)
    try:
        return _origins(repository, head, asked, known)
    except GitError as error:
        return dict.fromkeys(asked, Unavailable(error.message, error.hint, "origin"))


def _origins(
    repository: Repository, head: Revision, spans: tuple[Span, ...], known: Known | None
) -> dict[Span, Origin | Unavailable]:
    blamed = blame(repository, head.commit, _wanted(spans))
    history = lineage(repository, head.commit)
    found = {span: _newest(blamed[span[0]], span, history) for span in spans}
    named = {placed.commit for pair in found.values() if isinstance(pair, tuple) for placed in pair}
    landings = {history.landing[commit] for commit in named if commit in history.landing}
    commits = read_dated(repository, sorted(named | landings), known.openpgp_keys if known else ())
    brought = _Brought(commits, history, known)
    return {span: pair if isinstance(pair, Unavailable) else brought.origin(*pair) for span, pair in found.items()}


def _wanted(spans: Iterable[Span]) -> list[Wanted]:
    lines: dict[str, set[int]] = {}
    for path, first, last in spans:
        lines.setdefault(path, set()).update(range(first, last + 1))
    return [Wanted(path, frozenset(found)) for path, found in sorted(lines.items())]


def _newest(blamed: Blamed | Unavailable, span: Span, history: Lineage) -> tuple[Placed, Placed] | Unavailable:
    """Who wrote it and who put it there: of several lines the newest commit, and its first line."""
    if isinstance(blamed, Unavailable):
        return blamed
    lines = range(span[1], span[2] + 1)
    return _of_newest(blamed.written, lines, history), _of_newest(blamed.placed, lines, history)


def _of_newest(placed: Mapping[int, Placed], lines: Iterable[int], history: Lineage) -> Placed:
    found = [placed[line] for line in lines]
    newest = history.newest(one.commit for one in found)
    return next(one for one in found if one.commit == newest)


@dataclass(frozen=True, slots=True)
class _Brought:
    commits: Mapping[str, Dated]
    history: Lineage
    known: Known | None

    def origin(self, written: Placed, placed: Placed) -> Origin:
        by_another = placed if placed.commit != written.commit else None
        return Origin(self.brought(written), self.brought(by_another) if by_another else None)

    def brought(self, placed: Placed) -> Brought:
        dated = self.commits[placed.commit]
        whose = self.known.attribution(dated.commit) if self.known else None
        is_signed = whose is not None and any(role.role == "signer" and role.believed for role in whose.roles)
        landed = self.history.landing.get(placed.commit)
        return Brought(
            placed.commit,
            placed.path,
            placed.line,
            dated.commit.subject,
            dated.authored_at,
            dated.committed_at,
            Landing(landed, self.commits[landed].committed_at) if landed else None,
            whose.vendors if whose else None,
            whose.roles if whose else (),
            "signature" if is_signed else "claims",
            whose.notes if whose else (),
        )
