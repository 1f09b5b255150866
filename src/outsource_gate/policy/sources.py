"""Where do the databases lie that the policy names, and which server may be asked in their place?"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from outsource_gate.policy.reading import Reading
from outsource_gate.policy.register import Outline
from outsource_gate.policy.source import FolderSource, Source


@dataclass(frozen=True, slots=True)
class OsvServer:
    """Who may be asked for known vulnerabilities, and of which packages never."""

    api: str
    private: tuple[str, ...] = ()  # globs of names, and of package URLs without a version

    @property
    def host(self) -> str:
        return urlsplit(self.api).netloc


def osv_server(outline: Outline) -> OsvServer | None:
    """The server of the OSV API; None: none may be asked."""
    named = outline.policy.sources.vulnerabilities
    return OsvServer(named.osv_api, named.private) if named and named.osv_api else None


def osv_path(outline: Outline, source: Source) -> str | None:
    """The place of known vulnerabilities, relative to the policy; a policy in a repository has no room for them."""
    named = outline.policy.sources.vulnerabilities
    if named is None or named.osv is None:
        return None
    if not isinstance(source, FolderSource):
        raise outline.text.error(
            ("sources", "vulnerabilities", "osv"),
            "this policy lies in the repository, where no database is kept",
            "leave it out, and let the job name what it downloaded: check --osv PATH",
        )
    return named.osv


def tracker_path(outline: Outline, source: Source) -> str | None:
    """The tracker of findings, relative to the policy; in a repository whoever merges could write it."""
    named = outline.policy.sources.tracker
    if named is not None and not isinstance(source, FolderSource):
        raise outline.text.error(
            ("sources", "tracker"),
            "this policy lies in the repository, where no tracker is kept",
            "leave it out, and let the job name it: check --tracker FILE",
        )
    return named


def read_licences(outline: Outline, reading: Reading) -> dict[str, str]:
    """Package URL to SPDX expression, from the file that the policy names; it is part of the register's digest."""
    path = outline.policy.sources.licences
    if path is None:
        return {}
    text = reading.file(path)
    if text is None:
        raise outline.text.error(("sources", "licences"), f"no file {path} there", "add it, or leave the key out")
    if not isinstance(text.data, dict):
        raise text.error((), "expected package URLs with their licences", "write pkg:npm/left@1.0.0: MIT")
    for purl, licence in text.data.items():
        if not purl.startswith("pkg:"):
            raise text.error((purl,), "is no package URL", "write it as the report cyclonedx does")
        if not isinstance(licence, str) or not licence.strip():
            raise text.error((purl,), "expected an SPDX expression", "write MIT, or MIT OR Apache-2.0")
    return dict(text.data)
