"""What reads well and is still likely to be a mistake? Errors are found by loading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from outsource_gate.model.identity import ascii_lower
from outsource_gate.model.register import Person, Vendor
from outsource_gate.policy.lint_exceptions import waivers_told, windows_told
from outsource_gate.policy.lint_governance import lint_documents, lint_vendor
from outsource_gate.policy.linted import Lint, note, warn
from outsource_gate.policy.load import Policy
from outsource_gate.policy.patterns import fits
from outsource_gate.policy.results import ASKING
from outsource_gate.policy.strictness import loosened, written
from outsource_gate.policy.tiers import shipped_tiers
from outsource_gate.policy.yaml_text import Place

__all__ = ["Lint", "lint"]

ENDS_SOON = timedelta(days=60)
# Mail for everybody: whoever wants an address there has one.
ANYBODYS = frozenset((
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com", "gmx.de",
    "gmx.net", "web.de", "proton.me", "protonmail.com", "aol.com", "mail.ru", "qq.com", "163.com", "126.com",
    "fastmail.com", "gmx.at", "gmx.ch", "hey.com", "mac.com", "mailbox.org", "me.com", "msn.com", "naver.com",
    "pm.me", "posteo.de", "t-online.de", "tutanota.com", "yahoo.co.uk", "yahoo.de", "yandex.com", "yandex.ru",
    "zoho.com",
))  # fmt: skip


def lint(policy: Policy, today: date) -> tuple[Lint, ...]:
    """Name every place that loosens a shipped setting, and what will deny or surprise."""
    return (
        *_loosened(policy),
        *_approvals(policy),
        *_frame(policy),
        *_results(policy),
        *(warn(*told) for told in (*waivers_told(policy, today), *windows_told(policy, today))),
        *_emails(policy),
        *_accounts(policy),
        *lint_documents(policy, today),
        *(found for vendor in policy.vendors.values() for found in _vendor(policy, vendor, today)),
    )


def _loosened(policy: Policy) -> Iterator[Lint]:
    models = {gate: type(settings) for gate, settings in policy.strictest_tier.gates.items()}
    for found in loosened(policy.tiers, shipped_tiers(models)):
        tier = policy.tiers[found.tier]
        yield warn(
            tier.places[found.gate, found.setting],
            f"{found.tier}: {found.gate}.{found.setting} {written(found.value)} is looser than "
            f"{written(found.shipped)} of the shipped {tier.shipped}",
        )


def _approvals(policy: Policy) -> Iterator[Lint]:
    """More approvals than there are people who may give them can never be reached."""
    for tier in policy.tiers.values():
        review = tier.gates.get("review")
        wanted, teams = getattr(review, "approvals", None), getattr(review, "from_", ())
        if wanted is None:
            continue
        place = tier.places.get(("review", "approvals"), policy.place("policy"))
        able = [person for person in policy.internal if not teams or set(person.teams) & set(teams)]
        if wanted == 0:
            yield warn(place, f"{tier.name}: approvals: 0, nobody has to look at a vendor's change")
        elif len(able) < wanted and policy.internal and _is_used(policy, tier.name):
            whom = " or ".join(teams) or "our own people"
            yield warn(
                tier.places.get(("review", "from"), place),
                f"{tier.name}: {wanted} approvals from {whom}, and the register knows {len(able)} such persons",
                "add people, or their teams",
            )


def _is_used(policy: Policy, tier: str) -> bool:
    return any(vendor.tier == tier for vendor in policy.vendors.values())


def _frame(policy: Policy) -> Iterator[Lint]:
    top = policy.place("policy")
    if policy.signing == "optional":
        yield warn(
            top.below("evidence", "signing"), "signing: optional, a run may leave a record that proves nothing"
        )
    if not policy.vendors:
        yield warn(top.below("vendors"), "no vendor is registered, so every outsider is denied as unknown")
    if not policy.internal:
        yield warn(top.below("internal", "people"), "none of our own people is registered, so nobody can approve")
    for name in policy.unread:
        yield warn(top.below("vendors"), f"{name} is no vendor file and was not read", "vendor files end in .yaml")
    if policy.where.endswith(".outsource-gate") and (policy.internal or policy.vendors):
        yield warn(
            top,
            "the register lies in the repository: vendors that can read it see people and contracts of others",
            "keep policy and register in a place of their own, and name it with --policy; vendors get a bundle "
            "(`outsource-gate policy export`)",
        )


def _results(policy: Policy) -> Iterator[Lint]:
    """Results that nobody asks for decide nothing, and none can be signed where no key is trusted."""
    testing = [(tier, tier.gates["testing"]) for tier in policy.tiers.values() if "testing" in tier.gates]
    asked = {name for _, settings in testing for stage in ASKING for name in getattr(settings, stage)}
    for name in policy.results:
        if name not in asked:
            yield note(
                policy.place("policy", "sources", "results", name),
                f"no tier asks for the result {name}, so it decides nothing",
                f"name it in a tier: testing: {{change: [{name}]}}",
            )
    for tier, settings in testing:
        if getattr(settings, "signing", "") == "required" and policy.results_trust is None:
            yield warn(
                tier.places.get(("testing", "signing"), policy.place("policy")),
                f"{tier.name}: results must be signed, and no key is trusted for them",
                "name a trust file: sources: {trust: trust.yaml}",
            )


def _emails(policy: Policy) -> Iterator[Lint]:
    place = policy.place("policy", "internal", "emails")
    for number, pattern in enumerate(policy.internal_emails):
        if ascii_lower(pattern).rpartition("@")[2].removeprefix("*.") in ANYBODYS:
            yield warn(
                place.below(number), f"{pattern} fits addresses that anybody can have", "list people instead"
            )
    if policy.internal_emails and policy.verified == "prefer":
        yield note(
            place,
            "verified: prefer, an address that fits is believed where opener and pushers are ours and no vendor is "
            "named",
            "verified: require asks for a registered signature or the forge's word",
        )
    for number, email in enumerate(policy.assistants):
        if any(fits(pattern, email) for pattern in policy.internal_emails):
            yield warn(
                policy.place("policy", "assistants", number),
                f"{email} fits an internal pattern; as co-author it will be no person",
            )


def _accounts(policy: Policy) -> Iterator[Lint]:
    """A login alone can be given to somebody else."""
    bare = [person for person in policy.internal if any(account.id is None for account in person.accounts())]
    if bare:
        names = ", ".join(person.id for person in bare[:5]) + (" ..." if len(bare) > 5 else "")
        yield note(
            policy.place("people", bare[0].id),
            f"accounts of our own people without numeric id: {len(bare)} ({names})",
            "a login can be renamed and taken by somebody else; add the id",
        )
    for person in policy.internal:
        yield from _nameless(policy, person)


def _nameless(policy: Policy, person: Person) -> Iterator[Lint]:
    if not (person.emails or person.accounts() or person.signing_keys):
        yield warn(
            policy.place("people", person.id),
            f"{person.id} has no email, account or key, so no change can be recognised as theirs",
        )


def _vendor(policy: Policy, vendor: Vendor, today: date) -> Iterator[Lint]:
    place = policy.place("vendors", vendor.id)
    if not vendor.people:
        yield warn(place, f"{vendor.id} has no people, so none of its changes can be recognised")
    for person in vendor.people:
        yield from _nameless(policy, person)
    if any(ascii_lower(vendor.owner) == ascii_lower(email) for person in vendor.people for email in person.emails):
        yield warn(place.below("owner"), f"{vendor.id}: the owner is one of the vendor's own people")
    yield from _contract(vendor, place, today)
    yield from lint_vendor(policy, vendor, today)
    yield from _access(vendor, place, today)


def _contract(vendor: Vendor, place: Place, today: date) -> Iterator[Lint]:
    if vendor.contract is None:
        yield warn(place, f"{vendor.id} has no contract, so all its changes are denied")
        return
    yield from _end(
        vendor.id, "contract", vendor.contract.valid.until, place.below("contract", "valid", "until"), today
    )


def _access(vendor: Vendor, place: Place, today: date) -> Iterator[Lint]:
    access = vendor.access
    if access is None or not access.paths or not access.repositories:
        lacking = "access" if access is None else "repositories" if not access.repositories else "paths"
        yield warn(place.below("access"), f"{vendor.id} was granted no {lacking}, so all its changes are denied")
        return
    yield from _end(vendor.id, "access", access.valid.until, place.below("access", "valid", "until"), today)


def _end(vendor: str, what: str, until: date | None, place: Place, today: date) -> Iterator[Lint]:
    if until is None:
        yield note(place, f"{vendor}: {what} has no end", "give it a last day: valid: {until: YYYY-MM-DD}")
    elif until < today:
        yield warn(place, f"{vendor}: {what} ended {_days(today - until)} ago ({until})", "renew or offboard")
    elif until - today <= ENDS_SOON:
        yield warn(place, f"{vendor}: {what} ends in {_days(until - today)} ({until})", "renew in time")


def _days(span: timedelta) -> str:
    return "1 day" if span.days == 1 else f"{span.days} days"
