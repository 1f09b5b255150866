"""The server of known vulnerabilities: what it is told, how its answers are judged, and how it can fail."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from outsource_gate.dependencies import osv_server
from outsource_gate.dependencies.osv_files import DatabaseError
from outsource_gate.dependencies.osv_server import advisories_from
from outsource_gate.dependencies.vulnerabilities import scan_vulnerabilities
from outsource_gate.model.dependency import DependencyChange, Package
from outsource_gate.model.vulnerability import VulnerabilityScan
from outsource_gate.policy.sources import OsvServer
from outsource_gate.web.session import Bounds
from tests import values
from tests.dependencies import fake_osv
from tests.dependencies.fake_osv import FakeOsv
from tests.dependencies.osv import NOW, added, advisory, affected, folder, looked_up, span
from tests.forges import fake_github as faults

EVERY = [span({"introduced": "0"})]
ENTRIES = (
    advisory(),
    advisory("PYSEC-1", affected=[affected(ranges=[span({"introduced": "2.31.1"}, {"fixed": "2.31.2"})])]),
    advisory("MAL-2026-1", affected=[affected(ranges=[], versions=["2.31.0"])]),
    advisory("GHSA-old", withdrawn="2026-01-01T00:00:00Z"),
    advisory("GHSA-left", affected=[affected("npm", "left", ranges=EVERY)]),
)


@pytest.fixture
def server() -> Iterator[FakeOsv]:
    with fake_osv.running(*ENTRIES) as running:
        yield running


@pytest.fixture(autouse=True)
def bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(osv_server, "BOUNDS", Bounds(1.2, 1 << 20, 60, 200_000, 1.0))


def asked(server: FakeOsv, *packages: Package, private: tuple[str, ...] = ()) -> VulnerabilityScan:
    return asked_of(server, *added(*packages), private=private)


def asked_of(server: FakeOsv, *changes: DependencyChange, private: tuple[str, ...] = ()) -> VulnerabilityScan:
    look_up = partial(advisories_from, OsvServer(server.origin, private), now=NOW)
    return scan_vulnerabilities(changes, lambda _: [], look_up, "server")


def test_it_is_judged_as_the_same_entries_of_a_database_are(server: FakeOsv, tmp_path: Path) -> None:
    """by version, source and what was there before, in every word"""
    for name in ("PyPI", "npm"):
        folder(tmp_path, *(one for one in ENTRIES if one["affected"][0]["package"]["ecosystem"] == name), name=name)
    packages = [values.package(version=version) for version in ("2.31.0", "2.31.1", "2.32.0", "1.0", "", "odd")]
    packages += [
        values.package("left", "1.0.0", ecosystem="npm"),
        values.package(source="vcs", address="git.example"),
    ]
    changes = [*added(*packages), DependencyChange("upgraded", values.package(version="2.30.0"), values.package())]
    there, here = asked_of(server, *changes), looked_up(tmp_path, *changes)
    assert there.found == here.found
    assert len({(one.id, one.version) for one in there.found}) > 6
    assert (there.packages, there.missing, here.missing) == (here.packages, (), ())


def test_it_is_told_names_and_no_version(server: FakeOsv) -> None:
    asked(server, values.package(), values.package(version="1.0"), values.package("left", "1.0.0", ecosystem="npm"))
    assert server.names == [("npm", "left"), ("PyPI", "requests")]
    assert [set(query) for body in server.sent for query in body["queries"]] == [{"package"}] * 2
    told = {f"GET /v1/vulns/{one['id']}" for one in ENTRIES if one["id"] != "GHSA-old"}
    assert sorted(server.asked) == sorted(["POST /v1/querybatch", *told])
    assert not {"Authorization", "Cookie"} & set().union(*server.headers)


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("maven", "org.slf4j/slf4j-api", [("Maven", "org.slf4j:slf4j-api")]),
        ("cargo", "serde-json_x", [("crates.io", one) for one in ("serde-json-x", "serde-json_x", "serde_json_x")]),
        ("github", "corp/actions", [("GitHub Actions", "corp/actions")]),
        ("golang", "github.com/Azure/sdk", [("Go", "github.com/Azure/sdk")]),
        ("npm", "@babel/core", [("npm", "@babel/core")]),
    ],
)
def test_names_are_written_as_the_list_writes_them(
    server: FakeOsv, kind: str, name: str, told: list[tuple[str, str]]
) -> None:
    asked(server, values.package(name, "1.0.0", ecosystem=kind))
    assert server.names == told


@pytest.mark.parametrize(
    ("kind", "name", "pattern"),
    [
        ("npm", "@corp/pay", "@corp/*"),
        ("npm", "@corp/pay", "pkg:npm/%40corp/*"),
        ("npm", "@Corp/pay", "@corp/*"),
        ("pypi", "corp-billing", "corp-*"),
        ("pypi", "Corp_Billing", "corp-*"),
        ("maven", "com.corp.pay/core", "com.corp.*:*"),
        ("maven", "com.corp.pay/core", "pkg:maven/com.corp.*/*"),
        ("golang", "git.corp.example/pay/core", "git.corp.example/**"),
    ],
)
def test_a_private_name_is_never_told(server: FakeOsv, kind: str, name: str, pattern: str) -> None:
    scan = asked(server, values.package(name, "1.0.0", ecosystem=kind), values.package(), private=(pattern,))
    assert server.names == [("PyPI", "requests")]
    assert (scan.withheld, scan.packages, scan.missing) == (1, 2, ())


def test_a_folder_of_the_repository_is_not_told(server: FakeOsv) -> None:
    scan = asked(server, values.package("own", "", source="path", address="../own"))
    assert (server.asked, scan.withheld, scan.databases) == ([], 1, ())


def test_silence_says_nothing_where_names_are_compared_by_case(server: FakeOsv) -> None:
    """NuGet takes any case, and the server only the published one: a manifest could choose what is found"""
    server.entries["GHSA-net"] = advisory("GHSA-net", affected=[affected("NuGet", "Corp.Data", ranges=EVERY)])
    found = [asked(server, values.package(name, "1.0.0", ecosystem="nuget")) for name in ("Corp.Data", "corp.data")]
    assert [(len(one.found), one.missing) for one in found] == [(1, ()), (0, ("nuget",))]
    assert asked(server, values.package("unheard-of")).missing == ()


def test_pages_are_followed_and_each_entry_is_fetched_once(server: FakeOsv) -> None:
    both = [affected(), affected(name="other", ranges=EVERY)]
    server.entries |= {id: advisory(id, affected=both) for id in (f"A-{number}" for number in range(20))}
    server.page = 6
    scan = asked(server, values.package(), values.package("other", "1.0"))
    assert len([one for one in scan.found if one.package == "other"]) == 20
    assert [len(body["queries"]) for body in server.sent] == [2, 2, 2, 2]
    fetched = [line for line in server.asked if line.startswith("GET")]
    assert len(fetched) == len(set(fetched)) == 23


def test_many_names_are_asked_in_batches(server: FakeOsv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(osv_server, "_BATCH", 10)
    scan = asked(server, *(values.package(f"p-{number}") for number in range(24)), values.package())
    assert [len(body["queries"]) for body in server.sent] == [10, 10, 5]
    assert scan.found


def test_the_digest_is_that_of_what_was_answered(server: FakeOsv) -> None:
    """the same for the same answers; another for an entry that was changed, and for one less"""
    first, again = (asked(server, values.package()).databases for _ in range(2))
    assert (first, first[0].advisories, first[0].newest) == (again, 3, again[0].newest)
    seen = {first[0].digest}
    server.entries["GHSA-aaaa-bbbb-cccc"]["summary"] = "another"
    seen.add(asked(server, values.package()).databases[0].digest)
    del server.entries["GHSA-aaaa-bbbb-cccc"]
    seen.add(asked(server, values.package()).databases[0].digest)
    assert len(seen) == 3


def fails(server: FakeOsv, says: str, *packages: Package) -> None:
    with pytest.raises(DatabaseError, match=says) as raised:
        asked(server, *packages)
    assert raised.value.hint
    assert "forge" not in raised.value.hint


@pytest.mark.parametrize("method", ["POST", "GET"])
@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (faults.silence, "did not answer in time"),
        (faults.drip, "did not answer in time"),
        (faults.drip_headers, "did not answer in time"),
        (faults.huge, "answered more than"),
        (faults.gzip_bomb, "an encoding that was not asked for"),
        (faults.cut, "no whole answer came"),
        (faults.hang_up, "no whole answer came"),
        (faults.redirect("http://127.0.0.1:9/v1/querybatch"), "answered 302"),
        (faults.status(500), "answered 500"),
        (faults.status(429, Retry_After="3600"), "answered 429"),
        (faults.status(400), "answered 400"),
        (faults.body(b""), "results|is no JSON"),
        (faults.body(b'{"results": [{"vulns": [{"id": "GHSA'), "results|is no JSON"),
        (faults.body(b"[" * 100_000), "results|is no JSON"),
        (faults.body(b"[]"), "results|is no JSON"),
        (faults.body(b'{"results": {}}'), "results|is no advisory"),
    ],
)
def test_a_server_that_fails_is_no_answer(server: FakeOsv, method: str, fault: faults.Fault, says: str) -> None:
    server.faults[method] = [fault]
    fails(server, says, values.package())


@pytest.mark.parametrize(
    "results",
    [[], [{}, {}], [None], ["GHSA-1"], [{"vulns": {}}], [{"vulns": None}], [{"vulns": ["GHSA-1"]}],
     [{"vulns": [{"id": 5}]}], [{"vulns": [{}]}], [{"vulns": [{"id": "../admin"}]}], [{"vulns": [{"id": "a/b"}]}],
     [{"vulns": [{"id": "A?b"}]}], [{"vulns": [{"id": "A" * 200}]}], [{"vulns": [], "next_page_token": 5}]],
)  # fmt: skip
def test_a_list_that_is_not_as_the_api_says_is_no_answer(server: FakeOsv, results: list[Any]) -> None:
    server.faults["POST"] = [faults.body(json.dumps({"results": results}).encode())]
    fails(server, "127.0.0.1", values.package())
    assert server.asked == ["POST /v1/querybatch"]


def answering(server: FakeOsv, *ids: str, **more: Any) -> None:
    result = {"vulns": [{"id": id} for id in ids]} | more
    server.faults["POST"] = [faults.body(json.dumps({"results": [result]}).encode())]


def test_pages_without_end_are_no_answer(server: FakeOsv, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(server, next_page_token="same")
    fails(server, "the same page of requests again", values.package())
    monkeypatch.setattr(osv_server, "MAX_PAGES", 3)
    server.faults.clear()
    monkeypatch.setattr(server, "result", lambda query: {"next_page_token": query.get("page_token", "") + "x"})
    fails(server, "there is more, after 3 pages", values.package())


def test_an_entry_that_is_not_there_is_no_answer(server: FakeOsv) -> None:
    answering(server, "GHSA-gone")
    fails(server, "answered 404 to GET /v1/vulns/GHSA-gone", values.package())


def test_an_entry_of_another_id_is_no_answer(server: FakeOsv) -> None:
    server.entries["GHSA-1"] = advisory("GHSA-2")
    answering(server, "GHSA-1")
    fails(server, "gives GHSA-2 for GHSA-1", values.package())


def test_an_entry_of_another_package_is_no_answer(server: FakeOsv) -> None:
    answering(server, "GHSA-left")
    fails(server, "gives GHSA-left for requests, of which it does not speak", values.package())


@pytest.mark.parametrize("entry", [{"schema_version": "2.0.0"}, {"affected": {}}, {"id": 5}])
def test_an_entry_that_is_none_is_no_answer(server: FakeOsv, entry: dict[str, Any]) -> None:
    server.faults["GET"] = [faults.body(json.dumps(advisory() | entry).encode())]
    fails(server, "schema|is no advisory", values.package())


def test_what_the_server_calls_affected_is_judged_here(server: FakeOsv) -> None:
    """its word alone is none: the entry's own range says that this version is not"""
    assert asked(server, values.package(version="2.32.0")).found == ()


@pytest.mark.parametrize(
    ("bound", "value", "says"),
    [
        ("MAX_NAMES", 1, "2 packages, of at most 1"),
        ("MAX_ENTRIES", 2, "more than 2"),
        ("MAX_NAME", 3, "name of more"),
    ],
)
def test_a_change_that_asks_for_too_much_is_not_looked_up_in_part(
    server: FakeOsv, monkeypatch: pytest.MonkeyPatch, bound: str, value: int, says: str
) -> None:
    monkeypatch.setattr(osv_server, bound, value)
    fails(server, says, values.package(), values.package("left", "1.0.0", ecosystem="npm"))


def test_requests_are_counted_over_the_whole_round(server: FakeOsv, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(osv_server, "BOUNDS", replace(osv_server.BOUNDS, requests=3))
    fails(server, "needed more than 3 requests", values.package())


def test_nobody_there_is_no_answer(server: FakeOsv) -> None:
    server.origin = "http://127.0.0.1:9"
    fails(server, "no whole answer came|did not answer in time", values.package())
