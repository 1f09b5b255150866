"""Which outcomes do report tests tell? Realistic ones: denied, allowed, undecided, without a vendor, hostile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from outsource_gate.model.facts import (
    Attribution,
    Chosen,
    CommitAttribution,
    Facts,
    PolicySource,
    Role,
    Unavailable,
)
from outsource_gate.model.finding import Confidence, CoverageRow, Finding, Location, Read, Scan, Severity
from outsource_gate.model.identity import Account, Claim
from outsource_gate.model.outcome import Evidence, Outcome
from outsource_gate.model.register import Vendor
from outsource_gate.model.review import Context
from outsource_gate.model.source import Change, ChangeSet, Commit, FileChange, Revision
from outsource_gate.model.verdict import (
    Answer,
    Decision,
    Effect,
    Reason,
    Stage,
    Status,
    Verdict,
    Where,
)

HEAD = "3d0e77c1f2ab4c5d6e7f8091a2b3c4d5e6f70812"
BASE = "5b20c1e9a8b7c6d5e4f30212a3b4c5d6e7f80913"
TREE = "9c8b7a6d5e4f30212a3b4c5d6e7f8091a2b3c4d5"
BLOB = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"
NONE = "0" * 40
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TITLES = {
    "identity": "Identity",
    "access": "Access",
    "contract": "Contract",
    "coverage": "Coverage",
    "integrity": "Integrity",
    "review": "Review",
    "sast": "Static analysis",
}
ACME = Vendor.model_validate(
    {"id": "acme", "name": "Acme Dev Ltd", "owner": "procurement@corp.example", "tier": "critical"}
)
BETA = Vendor.model_validate({"id": "beta", "name": "Beta GmbH", "owner": "it@corp.example", "tier": "standard"})
INJECTION = Finding(
    rule="python.flask.command-injection",
    scanner="semgrep",
    severity=Severity.HIGH,
    confidence=Confidence.HIGH,
    message="request data reaches a shell",
    location=Location("services/payments/refund.py", 39, 41, 5),
    fingerprint="v1:" + "6a" * 32,
    cwe=("CWE-78",),
    owasp=("A03:2021", "A05:2025"),
    why="Whoever sends the request chooses what the shell runs.",
    fix="pass a list to subprocess.run and leave shell=False",
    snippet=('host = request.args["host"]', "", 'subprocess.call("ping -c1 " + host, shell=True)'),
)
WEAK_HASH = Finding(
    rule="B324",
    scanner="bandit",
    severity=Severity.LOW,
    confidence=Confidence.HIGH,
    message="md5 is used where nothing says that it is not for security",
    location=Location("services/payments/etag.py", 7, 7),
    fingerprint="v1:" + "0b" * 32,
    cwe=("CWE-327",),
    snippet=("digest = hashlib.md5(body).hexdigest()",),
)
OLD = replace(
    INJECTION, location=Location("services/payments/legacy.py", 12, 12), fingerprint="v1:" + "77" * 32, new=False
)


def commit(sha: str, author: Claim, subject: str = "Add the refund endpoint") -> Commit:
    """A well-formed commit by one person."""
    return Commit(sha, TREE, (BASE,), author, author, subject=subject)


def file(path: str, change: Change = Change.MODIFIED) -> FileChange:
    """An ordinary changed file."""
    return FileChange(path, change, "100644", "100644", BLOB, BLOB.replace("e", "d"))


VIC = Claim("Vic Vendor", "vic@acme-dev.example")
PATHS = (
    "deploy/prod.yaml",
    "docs/refund.png",
    "services/payments/etag.py",
    "services/payments/legacy.py",
    "services/payments/refund.py",
    "services/payments/test_refund.py",
)
CHANGE = ChangeSet(
    base=Revision(BASE, TREE, "origin/main"),
    head=Revision(HEAD, TREE, "refs/pull/7/head"),
    merge_base=BASE,
    commits=tuple(commit(f"{n}{HEAD[1:]}", VIC) for n in "123"),
    files=tuple(map(file, PATHS)),
    content_id="ab" * 32,
)
VIC_ROLES = tuple(
    Role(role, str(VIC), "acme", "vic", True, "email in the register") for role in ("author", "committer")
)
ACME_ATTRIBUTION = Attribution(
    vendors=("acme",),
    commits=tuple(CommitAttribution(item.id, ("acme",), VIC_ROLES) for item in CHANGE.commits),
    roles=(
        Role("opener", "@vicv", "acme", "vic", True, "account in the register"),
        Role("pusher", "@vicv", "acme", "vic", True, "account in the register"),
    ),
)
SCANS = (
    Scan("semgrep", "1.182.0", "c1" * 32, (INJECTION, OLD), PATHS[2:]),
    Scan("bandit", "1.9.4", "d2" * 32, (WEAK_HASH,), PATHS[2:]),
)
COVERAGE = (
    CoverageRow(PATHS[0], Read.INERT, (), "data"),
    CoverageRow(PATHS[1], Read.INERT, (), "picture"),
    *(CoverageRow(path, Read.SCANNED, ("bandit", "semgrep")) for path in PATHS[2:]),
)
EVIDENCE = Evidence("outsource-gate.evidence.json", "6be1" * 16, "corp-gate-2026", signed=True)


def facts(**changes: Any) -> Facts:
    """Facts of a change by Acme; name only what differs."""
    given = Facts(
        now=NOW,
        today=date(2026, 11, 23),
        timezone="Europe/Berlin",
        stage=Stage.CHANGE,
        repository="corp/payments",
        organisation="Corp",
        policy=PolicySource("41c0e2" + "5" * 58, "a7" * 32, f"base:{BASE}:.outsource-gate"),
        chosen=Chosen(context="forge"),
        change=CHANGE,
        context=Context("forge", "corp/payments", "github", 7, Account("vicv", 4711), (Account("vicv", 4711),)),
        attribution=ACME_ATTRIBUTION,
        vendors=(ACME,),
        scans=SCANS,
        coverage=COVERAGE,
    )
    return replace(given, **changes)


def passing(vendor: str | None = "acme") -> dict[str, Verdict]:
    """A pass of every gate."""
    said = {
        "identity": "3 commits",
        "access": "6 paths compared",
        "contract": "in force",
        "coverage": "4/6 paths scanned (2 inert)",
        "integrity": "6 paths looked at",
        "review": "2 of 2 independent approvals of 3d0e77c (ina, ida)",
        "sast": "0 new findings by semgrep, bandit; medium and above deny",
    }
    return {gate: Verdict(gate, vendor, Status.PASS, (), summary) for gate, summary in said.items()}


CONTRACT_ENDED = Reason(
    "contract-not-in-force",
    "not in force",
    next_step="ask procurement@corp.example",
    who="procurement@corp.example",
    internal="MSA-2026-014 ended 3 days ago (2026-11-20)",
)
APPROVALS = (
    Reason(
        "approvals-missing",
        "1 of 2 independent approvals of 3d0e77c",
        got="ina",
        expected="2 from corp/appsec or corp/engineering",
        next_step="one more from corp/appsec or corp/engineering",
        who="corp/appsec or corp/engineering",
    ),
    Reason("approval-not-counted", "val: same vendor as the author", Effect.NOTE),
    Reason("approval-not-counted", "ida: approved 9f1c2ab, before the last push", Effect.NOTE),
)


def finding_reason(finding: Finding, **changes: Any) -> Reason:
    """What the sast gate says of a finding."""
    place = finding.location
    given = Reason(
        "finding",
        finding.message,
        got=f"{finding.severity}, {finding.confidence} confidence, {' '.join(finding.cwe)}",
        where=Where(place.path, place.start_line),
        next_step=finding.fix or f"change the code so that {finding.rule} no longer applies",
        who="the author",
        finding=finding.fingerprint,
    )
    return replace(given, **changes)


WEAKNESSES = (
    finding_reason(INJECTION),
    finding_reason(WEAK_HASH, code="finding-below-threshold", effect=Effect.NOTE),
)


def failing(gate: str, reasons: tuple[Reason, ...], vendor: str | None = "acme") -> Verdict:
    """A denial, for these reasons."""
    return Verdict(gate, vendor, Status.FAIL, reasons, "not in order")


def outcome(answer: Answer, *verdicts: Verdict, enforced: bool = True, **changes: Any) -> Outcome:
    """An outcome; `evidence` and everything that `facts` takes can be named."""
    record = changes.pop("evidence", EVIDENCE)
    return Outcome(facts(**changes), Decision(answer, verdicts, enforced), record, TITLES)


def denied() -> Outcome:
    """Three gates fail, as on a bad day."""
    return outcome(
        Answer.DENY,
        *(
            passing()
            | {
                "contract": failing("contract", (CONTRACT_ENDED,)),
                "review": failing("review", APPROVALS),
                "sast": failing("sast", WEAKNESSES),
            }
        ).values(),
    )


def allowed() -> Outcome:
    """A vendor's change that passes everything."""
    return outcome(Answer.ALLOW, *passing().values())


def undecided() -> Outcome:
    """No forge could be asked, and a scanner did not run."""
    reviews = Reason(
        "reviews-unknown",
        "no token, so the forge could not be asked for reviews",
        Effect.UNDECIDED,
        next_step="set OUTSOURCE_GATE_TOKEN to a token that may read pull requests",
        who="whoever runs the job",
    )
    scanner = Reason(
        "scanner-unavailable",
        "semgrep: not installed",
        Effect.UNDECIDED,
        next_step="pip install 'outsource-gate[scanners]'",
        who="whoever runs the job",
    )
    opener = replace(reviews, code="opener-unknown", message="opener of the change not known: no token")
    verdicts = passing() | {
        "identity": Verdict("identity", "acme", Status.INDETERMINATE, (opener,), "3 commits"),
        "review": Verdict("review", "acme", Status.INDETERMINATE, (reviews,), "not known"),
        "sast": Verdict("sast", "acme", Status.INDETERMINATE, (scanner,), "0 new findings by bandit"),
    }
    return outcome(
        Answer.UNDECIDED,
        *verdicts.values(),
        context=Unavailable("no token", "set OUTSOURCE_GATE_TOKEN", "context"),
        attribution=replace(ACME_ATTRIBUTION, roles=(), missing=("opener", "pushers")),
        scans=(Unavailable("not installed", "pip install 'outsource-gate[scanners]'", "semgrep"), SCANS[1]),
        evidence=replace(
            EVIDENCE, signed=False, key_id="", problem="not signed: no key was given -> --key file:gate.key"
        ),
    )


def _ours(claim: Claim, person: str, why: str) -> tuple[Role, ...]:
    return (
        Role("author", str(claim), "internal", person, True, why),
        Role("committer", str(claim), "internal", person, True, why),
    )


def vendorless() -> Outcome:
    """A change of our own people: believed by name, no scanner started."""
    ida = _ours(
        Claim("Ida", "ida@corp.example"), "ida", "email in the register; opened and pushed by our own people"
    )
    ina = _ours(Claim("Ina", "ina@corp.example"), "ina", "signed with a registered key")
    attribution = Attribution(
        vendors=(),
        commits=tuple(
            CommitAttribution(item.id, (), roles)
            for item, roles in zip(CHANGE.commits, (ida, ida, ina), strict=True)
        ),
        roles=(
            Role("opener", "@ida", "internal", "ida", True, "account in the register"),
            Role("pusher", "@ida", "internal", "ida", True, "account in the register"),
        ),
    )
    return outcome(
        Answer.ALLOW,
        Verdict("identity", None, Status.PASS, (), "no vendor in the change; believed: ida, ina"),
        Verdict("integrity", None, Status.NOT_APPLICABLE, (), "no vendor, policy not touched"),
        attribution=attribution,
        vendors=(),
        scans=(),
        coverage=(),
    )


def two_vendors() -> Outcome:
    """Two vendors in one change, each judged by its own tier; one fails, and a gate comes later."""
    outside = tuple(
        Reason(
            "path-out-of-scope",
            "outside the paths of Acme Dev Ltd",
            got=path,
            expected="services/payments/**",
            where=Where(path),
            next_step="leave it out of this change, or ask procurement@corp.example",
            who="the author",
        )
        for path in ("deploy/prod.yaml", *(f"infra/module-{n}.tf" for n in range(9)))
    )
    lou = (Role("author", "Lou <lou@beta.example>", "beta", "lou", True, "email in the register"),)
    commits = (*ACME_ATTRIBUTION.commits[:2], CommitAttribution(CHANGE.commits[2].id, ("beta",), lou))
    later = {"review": Verdict("review", "beta", Status.NOT_ASKED, (), "belongs to a later stage")}
    na = {"sast": Verdict("sast", "beta", Status.NOT_APPLICABLE, (), "no changed file in a scanner's language")}
    return outcome(
        Answer.DENY,
        *(passing("beta") | later | na).values(),
        *(passing() | {"access": failing("access", outside)}).values(),
        attribution=Attribution(("acme", "beta"), commits, ACME_ATTRIBUTION.roles),
        vendors=(ACME, BETA),
    )


# One string for everything that a sink could take for something else.
HOSTILE = (
    "\x1b[31mred\x1b]8;;http://evil.example\x07 \u202egnp.exe\n::error file=x::pwned\r\n##[add-mask]a "
    "[bold]rich[/bold] :smile: | `code` ``` <img src=x onerror=alert(1)> ![i](http://evil.example/i.png) "
    "[l](javascript:alert(1)) @corp/owners #1 !2 $x$ https://evil.example www.evil.example GH-1 {0} "
    "\\ % , \u200b\u3164"
)


def hostile(text: str = HOSTILE) -> Outcome:
    """Everything that the change controls says what a sink could obey."""
    claim = Claim(text, f"{text}@x")
    change = replace(
        CHANGE,
        base=replace(CHANGE.base, asked=text),
        commits=(commit(HEAD, claim, text),),
        files=(file(text),),
    )
    role = Role("author", str(claim), "unknown", None, True, text)
    found = replace(
        INJECTION,
        rule=text,
        message=text,
        location=Location(text, 3, 4),
        snippet=(text, "::error::x", "```", "~~~~"),
        why=text,
        fix=text,
    )
    reason = Reason(
        "path-unread",
        text,
        got=text,
        expected=text,
        where=Where(text, 3),
        next_step=text,
        who=text,
        internal=text,
    )
    note = replace(reason, effect=Effect.NOTE, where=Where(commit=HEAD))
    verdicts = (
        Verdict("identity", "unknown", Status.PASS, (note,), text),
        Verdict("coverage", "unknown", Status.FAIL, (reason, note), text),
        Verdict("sast", "unknown", Status.FAIL, (finding_reason(found), replace(reason, where=Where())), text),
        Verdict("review", "unknown", Status.INDETERMINATE, (), text),
        Verdict("access", "unknown", Status.NOT_APPLICABLE, (), text),
    )
    return outcome(
        Answer.DENY,
        *verdicts,
        repository=text,
        change=change,
        attribution=Attribution(("unknown",), (CommitAttribution(HEAD, ("unknown",), (role,)),), (role,)),
        vendors=(),
        scans=(
            Scan("semgrep", text, "c1" * 32, (found,), (text,), ((text, text),)),
            Unavailable(text, text, "bandit"),
        ),
        coverage=(CoverageRow(text, Read.UNREAD, (), text),),
        evidence=Evidence(text, "6b" * 32, text, signed=True, problem=text),
    )


ALL = {
    "denied": denied,
    "allowed": allowed,
    "undecided": undecided,
    "vendorless": vendorless,
    "two-vendors": two_vendors,
    "hostile": hostile,
}
