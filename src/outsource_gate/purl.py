"""What is the package URL of a package, as lists of vulnerabilities and bills of materials name it?"""

from __future__ import annotations

from outsource_gate.model.dependency import Package


def purl_of(package: Package) -> str:
    """Give the canonical text; ValueError for a name that none can have.

    ImportError where packageurl-python is not installed. A source other than the usual index stands in the
    qualifiers: another package may have the same name there.
    """
    from packageurl import PackageURL  # noqa: PLC0415 - optional, and only where a manifest is changed

    namespace, _, name = package.name.rpartition("/")
    if not name.strip():
        raise ValueError("a package without a name")  # the library ends otherwise on blanks alone
    version = package.version.removeprefix("v") if package.ecosystem == "composer" else package.version
    return PackageURL(package.ecosystem, namespace or None, name, version or None, _qualifiers(package)).to_string()


def _qualifiers(package: Package) -> dict[str, str]:
    match package.source:
        case "vcs" if package.address:
            fixed = f"@{package.version}" if package.pinned and package.version else ""
            return {"vcs_url": f"git+https://{package.address}{fixed}"}
        case "url" if package.address:
            return {"download_url": f"https://{package.address}"}
        case "index" if package.ecosystem == "docker" and package.address:
            return {"repository_url": package.address}
        case _:
            return {}
