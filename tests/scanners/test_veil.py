"""What was found is told nowhere; what gates decide by is left as it is."""

from __future__ import annotations

from outsource_gate.evidence.facts_file import facts_bytes
from outsource_gate.model.facts import Attribution, CommitAttribution, Unavailable
from outsource_gate.model.finding import Location, Step
from outsource_gate.model.identity import Claim
from outsource_gate.model.past import PastFile, PastFinding, PastScan
from outsource_gate.model.result import FailedTest, SuiteRun
from outsource_gate.model.source import ChangeSet
from outsource_gate.scanners.veil import LINE, Found, veiled
from tests import values
from tests.scanners import planted

VALUE = planted.password()


def test_without_anything_found_facts_stay_as_they_are() -> None:
    assert veiled(values.facts(), Found()) == values.facts()


def test_a_finding_on_the_line_tells_neither_line_nor_quotes() -> None:
    """its fingerprint was made from the line, and is made anew"""
    cut = values.finding(
        message=f"hardcoded password: '{VALUE[:6]}'", snippet=(f"password = '{VALUE[:8]}", "x = 1"),
        location=Location("a.py", 3, 4),
    )  # fmt: skip
    facts = veiled(values.facts(scans=(values.scan("bandit", cut),)), Found(content=[VALUE], lines={("a.py", 3)}))
    (found,) = facts.scans[0].findings  # type: ignore[union-attr]
    assert (found.message, found.snippet) == ("hardcoded password: '...'", (LINE, "x = 1"))
    assert found.fingerprint.startswith("v1:") and found.fingerprint != cut.fingerprint
    assert (found.severity, found.confidence, found.new, found.location) == (
        cut.severity,
        cut.confidence,
        cut.new,
        cut.location,
    )


def test_what_a_scanner_calls_a_hard_coded_credential_is_not_quoted() -> None:
    """Also where our own detectors take the value for none."""
    found = values.finding(cwe=("CWE-798",), snippet=("app.secret_key = 'one two'",))
    veil = veiled(values.facts(scans=(values.scan("semgrep", found),)), Found())
    (scan,) = veil.scans
    assert not isinstance(scan, Unavailable)
    assert scan.findings[0].snippet == (LINE,)


def test_a_finding_elsewhere_keeps_its_words() -> None:
    kept = values.finding(snippet=("os.system(x)",), location=Location("a.py", 9, 9))
    facts = veiled(values.facts(scans=(values.scan("semgrep", kept),)), Found(content=[VALUE], lines={("a.py", 3)}))
    assert facts.scans == (values.scan("semgrep", kept),)


def test_a_value_is_taken_out_wherever_scanners_say_it() -> None:
    told = Unavailable(f"cannot parse {VALUE}", f"look at {VALUE}", "semgrep")
    quoted = values.finding(message=f"uses {VALUE}", why=VALUE, fix=VALUE, snippet=(f"f({VALUE})",))
    rows = (values.row(reason=f"odd: {VALUE}"),)
    facts = veiled(
        values.facts(scans=(told, values.scan("semgrep", quoted)), coverage=rows, policy_at_head=f"got {VALUE}"),
        Found(content=[VALUE]),
    )
    assert VALUE not in repr(facts)
    assert b"[credential 1]" in facts_bytes(facts)


def test_nor_is_it_told_of_what_is_gone_by_head() -> None:
    quoted = values.finding(message=f"uses {VALUE}", location=Location("a.py", 3, 3), snippet=(f"p = '{VALUE}'",))
    past = PastScan(
        (PastFile(values.EARLIER, values.row(reason=f"odd: {VALUE}")),), (PastFinding(values.EARLIER, quoted),)
    )
    facts = veiled(values.facts(past=past), Found(content=[VALUE], lines={("a.py", 3)}))
    assert VALUE not in repr(facts)
    assert isinstance(facts.past, PastScan)
    assert facts.past.findings[0].finding.snippet == (LINE,)


def test_a_value_is_taken_out_of_what_other_tools_report() -> None:
    report = values.with_findings(values.reported(message=f"uses {VALUE}", path=VALUE), broken=(f"no {VALUE}",))
    tests = SuiteRun(1, 1, 0, 0, (FailedTest(VALUE, "failure", VALUE),))
    told = Unavailable(f"cannot read {VALUE}", f"look at {VALUE}", "result:zap")
    results = (report, values.result(tests=tests), told)
    assert VALUE not in repr(veiled(values.facts(results=results), Found(content=[VALUE])))


def test_what_a_file_calls_its_password_renames_no_path() -> None:
    """a forbidden folder stays forbidden, and a person stays who they are"""
    facts = values.facts()
    assert veiled(facts, Found(content=["services", "acme", "Vic", "acme-dev.example"])) == facts


def test_a_message_is_told_without_what_was_found_in_it() -> None:
    commit = values.commit(subject=f"Use {VALUE}", co_authors=(Claim(VALUE, "x@y.example"),))
    roles = (values.role("co-author", claim=f"{VALUE} <x@y.example>"), values.role("author"))
    facts = values.facts(
        change=values.change(commits=(commit,)),
        attribution=values.attribution(commits=(CommitAttribution(values.HEAD, ("acme",), roles),)),
    )
    clean = veiled(facts, Found(messages=[VALUE]))
    assert isinstance(clean.change, ChangeSet) and isinstance(clean.attribution, Attribution)
    assert VALUE not in repr(clean)
    assert clean.change.commits[0].subject == "Use [credential 1]"
    assert clean.attribution.roles == values.attribution().roles


def test_a_name_is_the_same_stand_in_everywhere() -> None:
    """so that what was scanned is still what was changed; two names stay two"""
    paths = [f"services/{planted.aws_id(seed)}.py" for seed in "ab"]
    facts = values.facts(
        change=values.change(*map(values.file, paths)),
        coverage=tuple(map(values.row, paths)),
        scans=(values.scan("semgrep", scanned=tuple(paths)),),
        secrets=values.secrets(values.secret(place="name", path=paths[0])),
    )
    clean = veiled(facts, Found(names=[planted.aws_id(seed) for seed in "ab"]))
    assert isinstance(clean.change, ChangeSet)
    changed = [file.path for file in clean.change.files]
    assert changed == [row.path for row in clean.coverage] == list(clean.scans[0].scanned)  # type: ignore[union-attr]
    assert len(set(changed)) == 2
    assert all(path.startswith("services/[credential ") and path.endswith("].py") for path in changed)
    assert not any(planted.aws_id(seed) in repr(clean) for seed in "ab")


def test_each_line_of_a_key_is_a_value() -> None:
    key = planted.private_key()
    finding = values.finding(snippet=tuple(key.split("\n")[1:4]))
    clean = veiled(values.facts(scans=(values.scan("semgrep", finding),)), Found(content=[key]))
    assert not any(line in repr(clean) for line in key.split("\n")[1:-1])


def test_a_way_past_the_line_does_not_tell_it_and_keeps_the_fingerprint() -> None:
    """only what a finding stands on is in its fingerprint"""
    way = (Step("source", 3, f"key = '{VALUE}'"), Step("through", 5, f"f({VALUE})"), Step("sink", 9, "run(key)"))
    kept = values.finding(snippet=("run(key)",), location=Location("a.py", 9, 9), trace=way)
    facts = veiled(values.facts(scans=(values.scan("semgrep", kept),)), Found([VALUE], lines={("a.py", 3)}))
    (found,) = facts.scans[0].findings  # type: ignore[union-attr]
    assert [step.snippet for step in found.trace] == [LINE, "f([credential 1])", "run(key)"]
    assert found.fingerprint == kept.fingerprint
