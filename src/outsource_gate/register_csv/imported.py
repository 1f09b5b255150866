"""What would importing vendors do to a policy's folder? Asked of everything before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from outsource_gate.errors import PolicyError
from outsource_gate.model.register import Vendor
from outsource_gate.policy.load import Policy, load_policy
from outsource_gate.policy.source import POLICY_FILE, FolderSource
from outsource_gate.policy.tiers import GateModels
from outsource_gate.policy.yaml_text import read_yaml
from outsource_gate.register_csv.yaml_file import vendor_yaml

_FOLDER = "vendors"


@dataclass(frozen=True, slots=True)
class Import:
    """The files to write, which of them are there already, and the policy as it would be then."""

    files: Mapping[str, bytes]
    replaced: tuple[str, ...]
    same: int  # vendors whose entry says the very same already: their files, and the comments in them, stay
    policy: Policy | None  # None: there is no policy yet that could be asked


@dataclass(frozen=True, slots=True)
class _WithFiles(FolderSource):
    """A folder as it is, but for some files."""

    files: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, path: str) -> bytes | None:
        return self.files[path] if path in self.files else FolderSource.read(self, path)

    def list(self, folder: str) -> tuple[str, ...]:
        new = (file for file in self.files if PurePosixPath(file).is_relative_to(PurePosixPath(folder)))
        return tuple(sorted({*FolderSource.list(self, folder), *new}))


def declared(policy: Policy) -> Iterator[Vendor]:
    """Every vendor with the tier that its entry claims, whichever judges it."""
    for vendor in policy.vendors.values():
        claimed = policy.claimed.get(vendor.id, vendor.tier)
        yield vendor if claimed == vendor.tier else vendor.model_copy(update={"tier": claimed})


def planned(vendors: Iterable[Vendor], source: FolderSource, models: GateModels) -> Import:
    """Say what an import would write; PolicyError where policy and register would not read well then."""
    before = _before(source, models)
    here = {vendor.id: vendor for vendor in declared(before)} if before else {}
    files: dict[str, bytes] = {}
    same = 0
    for vendor in vendors:
        if here.get(vendor.id) == vendor:
            same += 1
        else:
            place = before.place("vendors", vendor.id).text.file if before and vendor.id in here else ""
            files[place or f"{_folder(source)}/{vendor.id}.yaml"] = vendor_yaml(vendor).encode()
    replaced = tuple(file for file in sorted(files) if source.read(file) is not None)
    after = load_policy(_WithFiles(source.path, files), models) if source.read(POLICY_FILE) is not None else None
    return Import(files, replaced, same, after)


def _before(source: FolderSource, models: GateModels) -> Policy | None:
    """The register as it is; one that does not read yet, for want of vendors, has none."""
    try:
        return load_policy(source, models)
    except PolicyError:
        return None


def _folder(source: FolderSource) -> str:
    raw = source.read(POLICY_FILE)
    data = read_yaml(POLICY_FILE, raw).data if raw is not None else None
    folder = data.get("vendors", _FOLDER) if isinstance(data, dict) else _FOLDER
    return folder.rstrip("/") if isinstance(folder, str) else _FOLDER
