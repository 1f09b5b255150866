"""Which days do recurring activities bring?"""

from __future__ import annotations

from collections.abc import Iterator

from outsource_gate.duties.obligation import REGISTER, Obligation, Sheet
from outsource_gate.duties.rounds import Round, round_of
from outsource_gate.policy.oversight_terms import OversightSettings


def oversight_duties(sheet: Sheet) -> Iterator[Obligation]:
    """Give the activities that the tier names, then what else the register promises."""
    wants = sheet.wants("oversight", OversightSettings)
    asked, longest = wants.activities, wants.longest
    for name in dict.fromkeys((*asked, *(entry.activity for entry in sheet.vendor.oversight))):
        found = round_of(sheet.vendor.oversight, name, sheet.today, longest.get(name, "") if name in asked else "")
        yield _entry(sheet, found, sheet.asks("oversight", "activities") if name in asked else REGISTER)


def _entry(sheet: Sheet, found: Round, asked_by: str) -> Obligation:
    path = ("oversight",) if found.number is None else ("oversight", found.number)
    told = {"duty": found.owed_by, "asked_by": asked_by}
    if found.counted is None:
        note = "dated ahead" if found.is_dated_ahead else ""
        return sheet.missing("oversight", found.activity, *path, note=note, **told)
    note = f"every {found.every}"
    return sheet.dated("oversight", found.activity, found.due, *path, last=found.counted.on, note=note, **told)
