"""What is known of one of zizmor's checks, and of a missing file that a pipeline calls? From our own tables."""

from __future__ import annotations

import re

from outsource_gate.errors import UsageError
from outsource_gate.explanations import Page
from outsource_gate.explanations.check_examples import examples_of
from outsource_gate.explanations.weaknesses import WAIVER, links
from outsource_gate.scanners.cwe import owasp_of
from outsource_gate.scanners.zizmor_audits import AUDITS

ID = re.compile(r"zizmor\.([a-z0-9-]{3,60})")


def zizmor_page(check: str) -> Page:
    """Explain a check; UsageError for one that is not in the table."""
    audit = AUDITS.get(check)
    if audit is None:
        raise UsageError(
            f"zizmor.{check}: not among the checks that are known here",
            hint=f"zizmor's own manual has it: https://docs.zizmor.sh/audits/#{check}",
        )
    return Page(
        "rule",
        f"zizmor.{check}",
        means=f"zizmor's check {check} found something in a workflow, an action or Dependabot's configuration.",
        why=f"zizmor's manual says why, with examples: https://docs.zizmor.sh/audits/#{check}",
        what_to_do=audit.fix,
        who="the author",
        facts=(
            ("weakness", ", ".join(audit.cwe)),
            *((("OWASP", ", ".join(owasp_of(audit.cwe))),) if owasp_of(audit.cwe) else ()),
            ("gate", "workflows"),
        ),
        examples=examples_of("zizmor", check),
        links=links(audit.cwe, owasp_of(audit.cwe)),
        waiver=WAIVER,
    )
