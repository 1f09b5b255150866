"""What stands in the files of a first policy and register?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from outsource_gate.first_policy.person_lines import person_lines, what
from outsource_gate.first_policy.proposal import Proposal, ProposedVendor
from outsource_gate.first_policy.yaml_lines import comment, printable, scalar
from outsource_gate.model.contract import CLAUSES

MAX_LISTED = 100
# Bots as GitHub numbers them. An address can carry any number, so that any other one may be somebody's own account.
KNOWN_BOTS = {29139614: "renovate", 49699333: "dependabot"}


def files(proposal: Proposal) -> dict[str, str]:
    """Give the text of each file by its path; every line that is a guess says `proposal`."""
    written = {"policy.yaml": _policy(proposal), "people.yaml": _people(proposal)}
    written |= {f"vendors/{vendor.id}.yaml": _vendor(vendor, proposal) for vendor in proposal.vendors}
    return {path: "\n".join(lines) + "\n" for path, lines in written.items()}


def _policy(proposal: Proposal) -> Iterator[str]:
    history = proposal.seen.history
    yield f"# Proposed by `outsource-gate init` on {proposal.today}."
    yield comment(f"Read: {_newest(proposal)} of {history.branch} since {history.since}.")
    yield "# Names, addresses and dates in commits are claims: check each line that says `proposal`."
    yield "# Nobody gets through by a proposal: accounts, contracts and access are filled in by people."
    yield "version: 1"
    yield f"organization: {scalar(proposal.answers.organization)} # as records and messages name us"
    yield "internal:"
    yield "  people: people.yaml"
    if proposal.answers.ours:
        yield "  emails: # a claim that can be forged: believed only where something bears it out"
        yield from (f'    - "*@{domain}" # proposal: {_why(domain, proposal)}' for domain in proposal.answers.ours)
    yield from _vendors_folder(proposal)
    yield "tiers: {extends: baseline} # the shipped tiers: standard, elevated, critical"
    yield from _bots(proposal)
    yield from _assistants(proposal)


def _newest(proposal: Proposal) -> str:
    history = proposal.seen.history
    return f"{'the newest ' if history.is_cut else ''}{history.commits:,} commits"


def _why(domain: str, proposal: Proposal) -> str:
    return printable(proposal.guess.why if domain in proposal.guess.domains else "named when asked")


def _vendors_folder(proposal: Proposal) -> Iterator[str]:
    if proposal.vendors:
        yield "vendors: vendors/ # one file per vendor"
        return
    yield "# vendors: vendors/ # once there is a file in it; until then every outsider is denied as unknown"


def _bots(proposal: Proposal) -> Iterator[str]:
    known = [one for one in proposal.bots if _is_known(one[1].account, one[1].forge)]
    others = [one for one in proposal.bots if one not in known]
    if known:
        yield "bots: # may_touch: paths they may change without a person in the change; none until you name them"
        for name, bot in known:
            assert bot.account
            yield f"  - {{id: {scalar(name)}, github_id: {bot.account.id}}} # proposal: {what(bot.seen)}"
    if others:
        yield "# An address can carry any number: look the number up on the forge, and uncomment what is our bot."
        yield from [] if known else ["# bots:"]
    for name, bot in others[:MAX_LISTED]:
        assert bot.account
        yield f"#   - {{id: {scalar(name)}, {bot.forge}_id: {bot.account.id}}} # proposal: {what(bot.seen)}"
    yield from _more(others)


def _is_known(bot: object, forge: str) -> bool:
    return forge == "github" and getattr(bot, "id", None) in KNOWN_BOTS


def _assistants(proposal: Proposal) -> Iterator[str]:
    if proposal.assistants:
        yield "assistants: # as co-authors they are no person"
        for one in proposal.assistants[:MAX_LISTED]:
            named = f", named {printable(one.seen.name)}" if one.seen.name else ""
            yield f"  - {scalar(one.seen.email)} # proposal: {what(one.seen)}{named}"
        yield from _more(proposal.assistants)


def _people(proposal: Proposal) -> Iterator[str]:
    yield "# Our own people. What says `proposal` comes from commits, where anybody can write any name and address:"
    yield "# somebody of a vendor who uses an address of ours belongs into the vendor's file."
    if not proposal.people:
        yield "[] # remove this line with the first entry"
    for person in proposal.people:
        yield from person_lines(person)
    if proposal.unsorted:
        yield "#"
        yield "# Not sorted: nothing says whose people these are. Ours: uncomment the entry. A vendor's: move it to"
        yield "# their file. Until then a change of theirs is denied (outsource-gate explain identity-unknown)."
        for person in proposal.unsorted[:MAX_LISTED]:
            yield from (f"# {line}" for line in person_lines(person, ask="whoever knows them"))
        yield from _more(proposal.unsorted)
    if proposal.left_out:
        yield "#"
        yield "# Seen, and nothing that a register could hold:"
        for one in proposal.left_out[:MAX_LISTED]:
            yield comment(f"  {one.seen.email!a}, {what(one.seen)}: {one.why}")
        yield from _more(proposal.left_out)


def _more(listed: Sequence[object]) -> Iterator[str]:
    if len(listed) > MAX_LISTED:
        yield f"# ... and {len(listed) - MAX_LISTED:,} more, with fewer commits"


def _vendor(vendor: ProposedVendor, proposal: Proposal) -> Iterator[str]:
    repository = scalar(proposal.seen.repository or "OWNER/NAME")
    yield f"# A proposal: these people wrote here with addresses of {vendor.domain}."
    yield "# Who they are and what was signed with them, no history knows: all their changes are denied until"
    yield "# contract and access are filled in. If they are no vendor, delete the file and move its people."
    yield f"id: {scalar(vendor.id)}"
    yield f"name: {scalar(vendor.domain)} # proposal: their domain; write the company's name"
    yield f"owner: {scalar(proposal.answers.contact)} # whom a blocked contractor is told to call"
    yield "tier: critical # proposal: the strictest; standard and elevated ask for less"
    yield "#"
    yield "# From the signed contract (without it: contract-missing). Days as 2026-01-15, both included;"
    yield "# `sha256sum FILE` gives the digest."
    yield "# contract:"
    yield "#   reference: NUMBER OF THE CONTRACT"
    yield "#   document: {file: contracts/FILE.pdf, sha256: SHA256}"
    yield "#   signed_on: YYYY-MM-DD"
    yield "#   valid: {from: YYYY-MM-DD, until: YYYY-MM-DD}"
    yield "#   approved_by: [WHO ON OUR SIDE]"
    yield "#   clauses: # only those that are in it, each with the section where it stands"
    yield from (f"#     {clause}: {{section: SECTION}}" for clause in CLAUSES)
    yield "#"
    yield "# What they need to touch, and no more (without it: access-missing). `*` stays inside a folder."
    yield "# access:"
    yield f"#   repositories: [{repository}]"
    yield '#   paths: ["FOLDER/**"]'
    yield '#   deny_paths: [".github/**", ".gitlab-ci.yml", "**/CODEOWNERS"]'
    yield "#   valid: {from: YYYY-MM-DD, until: YYYY-MM-DD}"
    yield "#"
    yield "# Tiers elevated and critical ask for due_diligence, oversight, more papers: `policy lint` names them."
    yield "people:" if vendor.people else "# people:"
    for person in vendor.people:
        yield from (f"  {line}" for line in person_lines(person, ask=proposal.answers.contact))
        yield "    # nda: {signed_on: YYYY-MM-DD} # their confidentiality agreement; every tier asks for it"
