"""The CycloneDX list of what a change brings in."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from outsource_gate.errors import EvidenceError
from outsource_gate.model.dependency import DependencyChange, UnreadManifest
from outsource_gate.model.facts import NotAsked, Unavailable
from outsource_gate.model.finding import Severity
from outsource_gate.model.licence import LicenceScan, Licensed
from outsource_gate.model.outcome import Outcome
from outsource_gate.model.vulnerability import Vulnerability, VulnerabilityScan
from outsource_gate.reports import View
from outsource_gate.reports.cyclonedx import REPORT
from tests import values
from tests.reports import samples
from tests.reports.hostility import TEXTS, commands

V3 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
FLAW = Vulnerability(
    "GHSA-1", "pypi", "requests", "2.31.0", Severity.CRITICAL, ("CVE-2026-1",), V3, "leaks", ("2.32.0",)
)
IMAGE = values.package("corp/python", "3.13", ecosystem="docker", address="img.example", path="Dockerfile")
RANGE = values.package("@s/left", "", ecosystem="npm", requirement="^1.0.0", path="package.json", line=0)


def outcome(*changes: DependencyChange, **facts: Any) -> Outcome:
    dependencies = facts.pop("dependencies", values.dependencies(*changes))
    return replace(samples.denied(), facts=values.facts(dependencies=dependencies, **facts))


def added(*packages: Any) -> list[DependencyChange]:
    return [DependencyChange("added", None, one) for one in packages or (values.package(),)]


def told(given: Outcome) -> dict[str, Any]:
    """The list, valid by the published schema."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = REPORT.render(given, View())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    parsed: dict[str, Any] = json.loads(text)
    references = [one["bom-ref"] for one in [*parsed["components"], *parsed["vulnerabilities"]]]
    assert len(set(references)) == len(references)
    assert {one["ref"] for flaw in parsed["vulnerabilities"] for one in flaw.get("affects", ())} <= set(references)
    return parsed


@pytest.mark.parametrize("sample", samples.ALL)
def test_every_outcome_gives_a_valid_list(sample: str) -> None:
    assert told(samples.ALL[sample]())["bomFormat"] == "CycloneDX"


def test_each_package_stands_with_url_version_and_place() -> None:
    found = told(outcome(*added(values.package(), RANGE, IMAGE)))["components"]
    assert [(one["type"], one["purl"], one.get("version"), one.get("group")) for one in found] == [
        ("container", "pkg:docker/corp/python@3.13?repository_url=img.example", "3.13", "corp"),
        ("library", "pkg:npm/%40s/left", None, "@s"),
        ("library", "pkg:pypi/requests@2.31.0", "2.31.0", None),
    ]
    assert found[2]["evidence"] == {"occurrences": [{"location": "requirements.txt", "line": 1}]}


def test_what_became_of_it_is_told() -> None:
    change = DependencyChange("upgraded", values.package(version="2.30.0"), values.package())
    (one,) = told(outcome(change))["components"]
    said = {each["name"].partition(":")[2]: each["value"] for each in one["properties"]}
    assert said == {
        "change": "upgraded", "before": "2.30.0", "requirement": "==2.31.0", "source": "index",
        "hashed": "false", "direct": "true",
    }  # fmt: skip


def test_licences_are_expressions_where_they_are_and_words_else() -> None:
    one = values.package("a", licence="Apache 2.0")
    other, third = values.package("b", licence="MIT"), values.package("c")
    known = LicenceScan((Licensed("pypi", "b", "2.31.0", "MIT OR ISC", (("MIT",), ("ISC",)), "policy"),))
    found = told(outcome(*added(one, other, third), licences=known))["components"]
    assert [entry.get("licenses") for entry in found] == [
        [{"license": {"name": "Apache 2.0"}}], [{"expression": "MIT OR ISC"}], None,
    ]  # fmt: skip


def test_what_is_removed_or_stands_twice_is_not_in_it() -> None:
    lock = values.package(path="uv.lock", locked=True)
    removed = DependencyChange("removed", values.package("gone"), None)
    assert len(told(outcome(*added(values.package(), lock), removed))["components"]) == 1


def test_vulnerabilities_stand_with_what_they_affect() -> None:
    unsure = Vulnerability("GHSA-2", "npm", "@s/left", "", None, why="no version is fixed")
    scan = VulnerabilityScan("given", found=(FLAW, unsure))
    sure, open_ = told(outcome(*added(values.package(), RANGE), vulnerabilities=scan))["vulnerabilities"]
    assert (sure["id"], sure["references"][0]["id"]) == ("GHSA-1", "CVE-2026-1")
    assert sure["ratings"] == [{"severity": "critical", "method": "CVSSv31", "vector": V3}]
    assert sure["affects"] == [{"ref": "pkg:pypi/requests@2.31.0"}]
    assert sure["recommendation"] == "Update to 2.32.0"
    assert open_["analysis"] == {"state": "in_triage", "detail": "no version is fixed"}
    assert open_["ratings"] == [{"severity": "unknown"}]


@pytest.mark.parametrize(
    ("dependencies", "expected"),
    [
        (values.dependencies(), "complete"),
        (values.dependencies(unread=(UnreadManifest("Gemfile", "is computed"),)), "incomplete"),
        (values.dependencies(left_out=1), "incomplete"),
        (Unavailable("no blobs"), "unknown"),
        (NotAsked(), "unknown"),
    ],
)
def test_a_list_that_lacks_something_says_so(dependencies: object, expected: str) -> None:
    assert told(outcome(dependencies=dependencies))["compositions"] == [{"aggregate": expected}]


def test_equal_facts_give_an_equal_list_and_others_another_number() -> None:
    once, again = (REPORT.render(outcome(*added()), View()) for _ in range(2))
    other = told(outcome(*added(values.package(version="2.32.0"))))["serialNumber"]
    assert once == again
    assert json.loads(once)["serialNumber"] != other


def test_without_the_package_for_urls_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "packageurl", None)
    with pytest.raises(EvidenceError, match=r"packageurl.*scanners"):
        REPORT.render(outcome(*added()), View())


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS)
def test_nothing_in_a_name_is_anything_but_a_name(name: str, version: str) -> None:
    """the list stays valid, and no line of it is a command to a runner"""
    package = values.package(name, version, requirement=name, path=f"p{name}")
    scan = VulnerabilityScan("given", found=(replace(FLAW, id=name, summary=name),))
    given = outcome(*added(package), vulnerabilities=scan)
    parsed = told(given)
    assert len(parsed["components"]) == 1
    assert commands(REPORT.render(given, View())) == []
