"""What has to be known of a new vendor? Only what its tier asks for; answers are read by the register's models."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, TypeAdapter, ValidationError

from outsource_gate.first_policy.yaml_lines import MAX_TEXT, printable
from outsource_gate.model.span import ANY, Span
from outsource_gate.model.terms import Day, Email, Glob, Login, Slug, Text
from outsource_gate.policy.access_terms import AccessSettings, Method
from outsource_gate.policy.contract_terms import ContractSettings
from outsource_gate.policy.diligence_terms import DiligenceSettings
from outsource_gate.policy.oversight_terms import OversightSettings
from outsource_gate.policy.tiers import Tier

Read = Callable[[str], Any]
LATER = "later"
_SLA = {"critical": "7 days", "high": "30 days", "medium": "90 days", "low": "180 days"}


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask. `is_needed`: without it there is no entry; everything else may come later."""

    key: str
    asked: str
    read: Read
    proposal: str = ""
    is_needed: bool = False


def reader(kind: Any, expected: str) -> Read:
    """Read an answer as the model does; ValueError in words of the question."""
    adapter = TypeAdapter(kind)

    def read(text: str) -> Any:
        try:
            found = adapter.validate_python(text.strip())
        except ValidationError:
            raise ValueError(f"expected {expected}") from None
        if isinstance(found, str) and printable(found) != found:
            raise ValueError(f"expected what can be read, on one line, at most {MAX_TEXT} characters")
        return found

    return read


def several(read: Read) -> Read:
    """Read a list with commas; at least one."""

    def each(text: str) -> tuple[Any, ...]:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not parts:
            raise ValueError("expected at least one; several with commas")
        return tuple(map(read, parts))

    return each


TEXT, DAY = reader(Text, "text on one line"), reader(Day, "a day as YYYY-MM-DD")
EMAIL, SLUG = (
    reader(Email, "one address such as name@host.example"),
    reader(Slug, "lower-case letters, digits and . _ -"),
)
SPAN = reader(Span, "a span such as 14 days or 6 months")
SCORE = reader(Annotated[int, Field(ge=0, le=100)], "a whole number from 0 to 100")
GLOBS = several(reader(Glob, "names or patterns"))


def choice(*allowed: str) -> Read:
    return reader(Literal[allowed], f"one of {', '.join(allowed)}")


def account(text: str) -> tuple[str, str, int]:
    """Read `github:login:4711`; an account without its number can be somebody else's tomorrow."""
    forge, _, rest = text.strip().partition(":")
    login, _, number = rest.partition(":")
    expected = "github:LOGIN:ID or gitlab:LOGIN:ID, with the numeric id"
    choice("github", "gitlab")(forge)
    reader(Login, expected)(login)
    return forge, login, int(reader(Annotated[int, Field(ge=1)], expected)(number))


def of_tier(tier: Tier) -> Iterator[Question]:
    """Everything but the vendor's people."""
    contract, diligence = tier.gates.get("contract"), tier.gates.get("due-diligence")
    access, oversight = tier.gates.get("access"), tier.gates.get("oversight")
    if isinstance(contract, ContractSettings):
        yield from _contract(contract)
    if isinstance(diligence, DiligenceSettings):
        yield from _diligence(diligence)
    if isinstance(access, AccessSettings):
        yield from _access(access)
    if isinstance(oversight, OversightSettings):
        yield from _oversight(oversight)


def of_person(tier: Tier, number: int) -> Iterator[Question]:
    """What one person needs; the id comes first, and without it there is no such person."""
    top, wants = f"people.{number}", tier.gates.get("access")
    yield Question(f"{top}.id", f"Person {number}: id in the register", SLUG)
    yield Question(f"{top}.email", "  address in commits", EMAIL)
    yield Question(f"{top}.account", "  account, as github:LOGIN:ID", account)
    yield Question(f"{top}.from", "  first day", DAY)
    if not isinstance(wants, AccessSettings):
        return
    if wants.nda == "required":
        yield Question(f"{top}.nda", "  day of the confidentiality agreement", DAY)
    for name in wants.training:
        yield Question(f"{top}.training.{name}", f"  day of the training {name}", DAY)
    if wants.mfa_max_age != ANY:
        yield Question(f"{top}.mfa", "  day on which we saw their second factor", DAY)
    if wants.checklist != "ignored":
        yield Question(f"{top}.checklist", "  day on which they acknowledged the checklist", DAY)


def _contract(wants: ContractSettings) -> Iterator[Question]:
    yield Question("contract.reference", "Number of the contract", TEXT)
    if wants.document:
        yield Question("contract.document", "Signed contract: a file beside the policy", TEXT)
    yield Question("contract.signed_on", "Signed on", DAY)
    yield Question("contract.from", "First day of the contract", DAY)
    yield Question("contract.until", "Last day of the contract", DAY)
    yield Question("contract.approved_by", "Approved on our side by", several(TEXT))
    for name in wants.clauses:
        yield Question(f"contract.clauses.{name}", f"Section with the clause {name}", TEXT)
    for name in wants.artefacts:
        yield Question(f"contract.artefacts.{name}", f"Section about {name}", TEXT)
    for severity in wants.remediation_sla:
        asked = f"Agreed time to fix {severity} findings"
        yield Question(f"contract.remediation_sla.{severity}", asked, SPAN, _SLA[severity])
    if wants.security_contact:
        yield Question("security_contact", "Whom we write to about a weakness", EMAIL)
    if wants.incident_notification:
        yield Question("incident_notification.channel", "How they tell us of incidents", TEXT)


def _diligence(wants: DiligenceSettings) -> Iterator[Question]:
    if wants.assessment:
        yield Question("due_diligence.risk_assessment", "Day of the risk assessment, before the signature", DAY)
    for number in range(1, wants.certifications_needed + 1):
        known = wants.certifications[number - 1 : number]
        top = f"due_diligence.certifications.{number}"
        yield Question(f"{top}.name", f"Certification {number}", TEXT, known[0] if known else "")
        yield Question(f"{top}.valid_until", "  its last day", DAY)
    if wants.questionnaire_score:
        yield Question("due_diligence.questionnaires.name", "Questionnaire", TEXT, "SIG Lite")
        yield Question("due_diligence.questionnaires.on", "  answered on", DAY)
        yield Question("due_diligence.questionnaires.score", "  score in percent", SCORE)
    if wants.vetting:
        yield Question("due_diligence.personnel_vetting", "Day on which their staff was vetted", DAY)


def _access(wants: AccessSettings) -> Iterator[Question]:
    yield Question("access.repositories", "Repositories they get, with commas", GLOBS)
    yield Question("access.paths", "Paths they may change, with commas", GLOBS)
    if wants.review_max_age != ANY:
        yield Question("access.reviewed", "Day of our last access review", DAY)
    if wants.wants_remote:
        allowed = wants.remote_access or get_args(Method)
        yield Question("access.remote_access.method", "Way in", choice(*allowed), allowed[0])
    if wants.remote_max_age != ANY:
        yield Question("access.remote_access.verified_on", "  day on which we looked at it", DAY)
    if wants.networks == "required":
        yield Question("access.remote_access.networks", "  networks they come from, as CIDR", several(TEXT))
    if wants.logging == "required" or wants.logs_kept_days:
        yield Question("access.remote_access.logging.where", "  where sessions are logged", TEXT)
        yield Question("access.remote_access.logging.kept", "  how long logs are kept", SPAN, "12 months")
    if wants.devices_max_age != ANY:
        yield Question("access.device_management", "Day on which we saw that devices are managed", DAY)


def _oversight(wants: OversightSettings) -> Iterator[Question]:
    for name in wants.activities:
        proposal = wants.longest.get(name, "6 months")
        yield Question(f"oversight.{name}.every", f"How often: {name}", SPAN, proposal)
        yield Question(f"oversight.{name}.last", "  last time", DAY)
