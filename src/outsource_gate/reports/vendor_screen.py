"""What is known of one vendor? What is late first, then what is declared, all of it on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rich.console import RenderableType
from rich.text import Text

from outsource_gate.duties.listing import VendorRow, by_urgency
from outsource_gate.duties.obligation import Obligation, State
from outsource_gate.model.granted import Engagement
from outsource_gate.model.register import Vendor
from outsource_gate.model.terms import Window
from outsource_gate.reports import View, due_words, words
from outsource_gate.reports.due_terminal import STYLES
from outsource_gate.reports.layout import Layout

_GROUPS = (State.OVERDUE, State.MISSING, State.DUE, State.IN_ORDER, State.LATER, State.ENDED)
_LABELS = {State.MISSING: "", State.LATER: "later", State.ENDED: ""}


@dataclass(frozen=True, slots=True)
class Known:
    """One vendor on a day, and everything of it that has one."""

    row: VendorRow
    today: date
    soon: date
    file: str
    duties: tuple[Obligation, ...]


def vendor_screen(known: Known, view: View) -> str:
    """Give everything; nothing is cut, long lists wrap."""
    layout = Layout(view)
    return layout.print(_Screen(layout, known).blocks())


class _Screen:
    def __init__(self, layout: Layout, known: Known) -> None:
        self.layout, self.known, self.vendor = layout, known, known.row.vendor

    def blocks(self) -> Iterator[RenderableType]:
        vendor, text = self.vendor, self.layout.text
        name = text(f"{vendor.name} ({vendor.id})", "bold", 300)
        yield self.layout.flow(
            [name, text(vendor.tier), text(f"{self.known.file}, {self.known.today}", "dim")], "   "
        )
        yield self.layout.flow(list(self.tally()), ", ")
        for state in _GROUPS:
            yield from self.group(state)
        yield ""
        yield text("declared in the register", "bold")
        rows = [(name, self.joined(values)) for name, values in declared(vendor)]
        yield self.layout.indented(self.layout.table(rows), 2)

    def tally(self) -> Iterator[Text]:
        counts = self.known.row.counts
        told = [state for state in (State.OVERDUE, State.MISSING, State.DUE) if counts[state]]
        for state in told:
            yield self.layout.text(f"{counts[state]:,} {due_words.COUNTED[state]}", STYLES[state])
        if not told:
            yield self.layout.text(f"in order, nothing is due until {self.known.soon}", STYLES[State.IN_ORDER])

    def group(self, state: State) -> Iterator[RenderableType]:
        found = by_urgency(one for one in self.known.duties if one.state is state)
        if not found:
            return
        yield ""
        yield self.layout.text(f"{state} ({len(found):,})", STYLES.get(state, "dim"))
        rows = [(str(one.due or _LABELS.get(state, "no end")), self.duty(one)) for one in found]
        yield self.layout.indented(self.layout.table(rows), 2)

    def duty(self, one: Obligation) -> Text:
        told = [due_words.subject(one)]
        if one.due:
            told.append(due_words.when(one, self.known.today))
        if one.state.is_late or one.state is State.DUE:
            told.append("ours" if one.duty == "customer" else "the vendor's")
        if one.last:
            told.append(due_words.done(one))
        told += [one.note] * bool(one.note)
        return self.joined(told)

    def joined(self, told: list[str]) -> Text:
        return self.layout.joined([self.layout.text(each, "", 600) for each in told], room=self.layout.width - 20)


def declared(vendor: Vendor) -> Iterator[tuple[str, list[str]]]:
    """Give the entry in words, part by part; what is not on register is said to be not."""
    yield "owner", [vendor.owner]
    yield "contact", list(_contacts(vendor)) or ["none on register"]
    yield "contract", list(_contract(vendor)) or ["none on register"]
    yield "access", list(_access(vendor)) or ["none on register"]
    yield "way in", list(_ways(vendor)) or ["none on register"]
    if vendor.affiliates or vendor.subcontractors:
        kin = [f"affiliate {other}" for other in vendor.affiliates]
        yield "related", kin + [f"subcontractor {other}" for other in vendor.subcontractors]
    if vendor.due_diligence and vendor.due_diligence.track_record:
        record = vendor.due_diligence.track_record
        yield (
            "record",
            [
                f"{one.on} {one.severity}: {one.what} ({f'closed {one.closed_on}' if one.closed_on else 'open'})"
                for one in record
            ],
        )
    if vendor.engagements:
        yield "engaged", [f"{one.id} {_window(one.valid)}{_revoked(one)}" for one in vendor.engagements]
    if vendor.deliveries:
        yield "deliveries", [f"{one.received_on} by {one.imported_by}" for one in vendor.deliveries]
    yield (
        "people",
        [words.plural(len(vendor.people), "person", "people")] if vendor.people else ["none on register"],
    )
    yield from (("", [told]) for told in _people(vendor))


def _contacts(vendor: Vendor) -> Iterator[str]:
    if vendor.security_contact:
        yield f"security {vendor.security_contact}"
    if told := vendor.incident_notification:
        yield f"incidents by {told.channel}" + (f" within {told.within_hours} h" if told.within_hours else "")


def _contract(vendor: Vendor) -> Iterator[str]:
    if (contract := vendor.contract) is None:
        return
    yield contract.reference
    yield f"signed {contract.signed_on or 'on no day that is known'}"
    yield _window(contract.valid)
    yield f"approved by {', '.join(contract.approved_by) or 'nobody'}"
    yield "document " + (contract.document.name if contract.document else "not on register")
    yield f"clauses {', '.join(contract.clauses) or 'none'}"
    if contract.artefacts:
        yield f"with {', '.join(contract.artefacts)}"
    if sla := contract.remediation_sla:
        told = ((name, getattr(sla, name)) for name in type(sla).model_fields)
        yield f"fixes within {', '.join(f'{name} {span}' for name, span in told if span)}"


def _access(vendor: Vendor) -> Iterator[str]:
    if (access := vendor.access) is None:
        return
    yield f"repositories {', '.join(access.repositories) or 'none'}"
    yield f"paths {', '.join(access.paths) or 'none'}"
    yield f"never {', '.join(access.deny_paths) or 'nothing'}"
    yield _window(access.valid)


def _ways(vendor: Vendor) -> Iterator[str]:
    remote = vendor.access.remote_access if vendor.access else None
    if remote:
        yield remote.method
        yield f"from {', '.join(remote.networks) or 'any network'}"
        yield f"logged in {remote.logging.where}, {remote.logging.kept}" if remote.logging else "not logged"


def _revoked(one: Engagement) -> str:
    """How long it took from the end until access was proven to be gone."""
    if one.revoked_on is None:
        return ""
    days = (one.revoked_on - one.valid.until).days if one.valid.until else None
    if days is None:
        return f" · proven gone on {one.revoked_on}"
    return f" · proven gone {words.plural(days, 'day')} after its end ({one.revoked_on})"


def _people(vendor: Vendor) -> Iterator[str]:
    for person in vendor.people:
        accounts = [f"@{account.login}" for account in person.accounts()]
        named = ", ".join(filter(None, (person.name, *accounts, *person.emails)))
        yield f"{person.id} ({named})" if named else person.id


def _window(valid: Window) -> str:
    return f"from {valid.from_ or 'any day'} until {valid.until or 'any day'}"
