"""What came in between base and head? Commits, files, and which merges only brought the target branch in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from outsource_gate.errors import GitError
from outsource_gate.git.diff import changed_files
from outsource_gate.git.history import read_commits
from outsource_gate.git.objects import full_id
from outsource_gate.git.redo import clean_update_merges, gives_same_tree
from outsource_gate.git.revisions import tree_at
from outsource_gate.model.facts import Unavailable
from outsource_gate.model.source import ChangeSet, Revision

if TYPE_CHECKING:
    from outsource_gate.git.repository import Repository

MAX_COMMITS = 50_000


def read_change(
    repository: Repository,
    base: Revision,
    head: Revision,
    *,
    openpgp_keys: Sequence[str] = (),
    request_head: str = "",
) -> ChangeSet | Unavailable:
    """Read the change from base to head by full ids; what cannot be read whole is `Unavailable`, with the fix.

    `request_head` is the request behind an entry of a merge queue: its commits belong to the change, too.
    """
    incomplete = repository.completeness()
    if incomplete:
        return incomplete
    try:
        return _read(repository, base, head, openpgp_keys, request_head)
    except GitError as error:
        return _unavailable(error.message, error.hint)


def _read(
    repository: Repository, base: Revision, head: Revision, openpgp_keys: Sequence[str], request_head: str
) -> ChangeSet | Unavailable:
    if request_head and not repository.has_commit(request_head):
        return _unavailable(
            f"the request's head {request_head[:12]} is not in this clone", "fetch it before the gate runs"
        )
    bases = _merge_bases(repository, base.commit, head.commit)
    if not bases:
        return _unavailable(
            f"{head.asked} and {base.asked} have no commit in common: unrelated history",
            f"rebase the change on {base.asked}, or name the right target branch with --base",
        )
    if len(bases) > 1:
        return _unavailable(
            f"{head.asked} and {base.asked} have {len(bases)} merge bases, so what came in is not one answer",
            f"merge {base.asked} into the change (`git merge {base.asked}`) and push again",
        )
    heads = [head.commit, request_head] if request_head else [head.commit]
    commits = tuple(
        islice(read_commits(repository, heads, [base.commit], openpgp_keys=openpgp_keys), MAX_COMMITS + 1)
    )
    if len(commits) > MAX_COMMITS:
        return _unavailable(
            f"more than {MAX_COMMITS} commits, the most that are judged at once", "split the change up"
        )
    tree = base.tree if bases[0] == base.commit else tree_at(repository, bases[0])
    files, content = changed_files(repository, tree, head.tree)
    change = ChangeSet(
        base=base,
        head=head,
        merge_base=bases[0],
        commits=commits,
        files=files,
        content_id=content,
        object_format=repository.object_format,
    )
    same = request_head and gives_same_tree(repository, bases[0], request_head, head.tree)
    return replace(
        change, update_merges=clean_update_merges(repository, change), request_head=request_head if same else ""
    )


def _merge_bases(repository: Repository, base: str, head: str) -> list[str]:
    answer = repository.call("merge-base", "--all", full_id(base), full_id(head))
    if answer.code not in (0, 1):
        raise GitError(f"git merge-base: {answer.complaint}", hint="run `git fsck`")
    return answer.out.decode("ascii").split()


def _unavailable(reason: str, next_step: str) -> Unavailable:
    return Unavailable(reason, next_step, "change")
