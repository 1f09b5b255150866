"""Write the pages that are made from code and rules: docs/gates.md, docs/coverage.md, the JSON Schemas."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from outsource_gate.access_review import handed_over as collaborators
from outsource_gate.access_review import record as access_review
from outsource_gate.evidence import predicate
from outsource_gate.explanations import Page
from outsource_gate.explanations.gate_pages import reason_page
from outsource_gate.forges.handed_over import ChangeShape
from outsource_gate.gates import Gate
from outsource_gate.ledger import entry
from outsource_gate.model import tracked
from outsource_gate.registry import gates
from outsource_gate.reports import audit_v1, scan_v1, scorecard_v1
from outsource_gate.reports.outcome_v1 import published_schema

sys.path.insert(0, str(Path(__file__).resolve().parent))
from coverage_page import coverage_page

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEAD = """\
# Gates and reason codes

Made from the code by `make docs`; codes are published and stay. A reason denies, leaves the change undecided,
or is only named; `message` says which fact it rests on, `who` and `next_step` what to do.
`outsource-gate explain CODE` says why it is asked. [What A.8.30 asks for](a-8-30.md) says which gate answers what.

"""


def pages() -> dict[str, str]:
    """Give every made page by its path under docs/."""
    body = "\n".join(line for gate in gates().values() for line in _gate(gate))
    return {
        "gates.md": HEAD + body,
        "coverage.md": coverage_page(),
        "schemas/access-review-v1.schema.json": _text(access_review.published_schema()),
        "schemas/collaborators-v1.schema.json": _text(collaborators.published_schema()),
        "schemas/audit-v1.schema.json": _text(audit_v1.published_schema()),
        "schemas/change-v1.schema.json": _schema(),
        "schemas/evidence-v1.schema.json": predicate.schema_text(),
        "schemas/ledger-entry-v1.schema.json": _text(entry.published_schema()),
        "schemas/outcome-v1.schema.json": json.dumps(published_schema(), indent=2, sort_keys=True) + "\n",
        "schemas/scan-v1.schema.json": json.dumps(scan_v1.published_schema(), indent=2, sort_keys=True) + "\n",
        "schemas/scorecard-v1.schema.json": _text(scorecard_v1.published_schema()),
        "schemas/tracker-v1.schema.json": json.dumps(tracked.published_schema(), indent=2, sort_keys=True) + "\n",
    }


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def _schema() -> str:
    schema = ChangeShape.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "What a forge says of a change, handed over with check --change"
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def _gate(gate: Gate) -> Iterator[str]:
    yield f"## {gate.id}\n"
    yield f"{gate.title}. Serves {', '.join(gate.controls)}; asked at {', '.join(sorted(gate.stages))}.\n"
    fields = gate.settings.model_fields
    if fields:
        yield "| setting | default | what it does | stricter |\n|---|---|---|---|"
        yield from (_setting(name, field) for name, field in fields.items())
        yield ""
    yield "| reason code | what it means | what to do | who |\n|---|---|---|---|"
    yield from (_reason(reason_page(gate, code)) for code in gate.reasons)
    yield ""


def _reason(page: Page) -> str:
    return f"| `{page.id.partition('.')[2]}` | {page.means} | {page.what_to_do} | {page.who} |"


def _setting(name: str, field: Any) -> str:
    stricter = (field.json_schema_extra or {}).get("stricter", "")
    direction = " < ".join(stricter) if isinstance(stricter, list) else stricter
    default = json.dumps(field.default, default=list)
    return f"| `{field.alias or name}` | `{default}` | {field.description} | {direction} |"


if __name__ == "__main__":
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8")
