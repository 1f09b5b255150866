"""A small database of vulnerabilities, as osv.dev publishes it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from outsource_gate.dependencies.osv import advisories_for
from outsource_gate.dependencies.vulnerabilities import scan_vulnerabilities
from outsource_gate.model.dependency import DependencyChange, Package
from outsource_gate.model.vulnerability import VulnerabilityScan
from tests import values

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
V3 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"  # 9.8
V4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N"  # 6.9


def advisory(id: str = "GHSA-aaaa-bbbb-cccc", **changes: Any) -> dict[str, Any]:
    """requests from 2.0 to before 2.32, critical."""
    whole = {
        "schema_version": "1.6.0",
        "id": id,
        "modified": "2026-11-20T08:00:00Z",
        "summary": "Credentials leak to another host",
        "severity": [{"type": "CVSS_V3", "score": V3}],
        "affected": [affected()],
    } | changes
    return {name: part for name, part in whole.items() if part is not None}


def affected(ecosystem: str = "PyPI", name: str = "requests", **changes: Any) -> dict[str, Any]:
    ranges = [span({"introduced": "2.0"}, {"fixed": "2.32.0"})]
    return {"package": {"ecosystem": ecosystem, "name": name}, "ranges": ranges} | changes


def span(*events: dict[str, str], type: str = "ECOSYSTEM") -> dict[str, Any]:
    return {"type": type, "events": list(events)}


def folder(top: Path, *advisories: dict[str, Any], name: str = "PyPI") -> Path:
    """PATH/PyPI/*.json"""
    for one in advisories:
        file = top / name / f"{one['id']}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(one))
    return top


def zipped(path: Path, advisories: Iterable[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in advisories:
            archive.writestr(f"{one['id']}.json", json.dumps(one))
    return path


def added(*packages: Package) -> list[DependencyChange]:
    return [DependencyChange("added", None, one) for one in packages or (values.package(),)]


def looked_up(place: Path, *changes: DependencyChange, locked: Iterable[Package] = ()) -> VulnerabilityScan:
    chosen = list(locked)

    def of(package: Package) -> list[Package]:
        return [one for one in chosen if one.name == package.name]

    return scan_vulnerabilities(changes or added(), of, partial(advisories_for, place, now=NOW), "given")
