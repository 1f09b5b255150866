"""Who is registered? Reads the people and vendor files, each entry with the place it stands at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from outsource_gate.model.identity import INTERNAL
from outsource_gate.model.register import Person, Vendor
from outsource_gate.policy.problems import validate
from outsource_gate.policy.reading import Reading
from outsource_gate.policy.schema import PeopleFile, PolicyFile
from outsource_gate.policy.yaml_text import Place, YamlText, shown

_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """A person, who registered them, and where."""

    organisation: str
    person: Person
    place: Place


@dataclass(frozen=True, slots=True)
class RegisteredVendor:
    """A vendor, and the file that says so."""

    vendor: Vendor
    place: Place

    def people(self) -> Iterator[RegisteredPerson]:
        people = self.place.below("people")
        for number, person in enumerate(self.vendor.people):
            yield RegisteredPerson(self.vendor.id, person, people.below(number))


@dataclass(frozen=True, slots=True)
class Outline:
    """What policy.yaml says, and which files it names; their bytes are read, but none of them is parsed."""

    policy: PolicyFile
    text: YamlText
    people_file: str | None  # None: our own people stand in the policy
    vendor_files: tuple[str, ...]
    unread: tuple[str, ...]  # files in the vendors' folder that are no vendor files


@dataclass(frozen=True, slots=True)
class Written(Outline):
    """Everything as it was written, read but not yet compared."""

    internal: tuple[RegisteredPerson, ...]
    vendors: tuple[RegisteredVendor, ...]

    def people(self) -> Iterator[RegisteredPerson]:
        """Everybody, our own people first."""
        yield from self.internal
        for entry in self.vendors:
            yield from entry.people()


def read_outline(reading: Reading) -> Outline:
    """Parse the policy, and read the bytes of every file it names: after this the digests are final."""
    text = reading.policy()
    people_file, rest = _people_file(reading, text)
    policy = validate(PolicyFile, rest)
    names = _listed(reading, text, policy)
    vendor_files = tuple(name for name in names if _is_vendor_file(name))
    if policy.vendors and not vendor_files:
        raise text.error(
            ("vendors",),
            f"no vendor file in {shown(policy.vendors)}",
            "add one file per vendor, or remove the key while there are none",
        )
    for named in (*vendor_files, policy.waivers, policy.sources.trust, policy.sources.licences):
        if named is not None:
            reading.raw(named)  # what is missing is told where it is asked for
    unread = tuple(name for name in names if not _is_vendor_file(name))
    return Outline(policy, text, people_file, vendor_files, unread)


def read_all(reading: Reading, outline: Outline) -> Written:
    """Parse every file that the policy names."""
    if outline.people_file is None:
        place, people = outline.text.place(("internal", "people")), outline.policy.internal.people
    else:
        file = _parsed(reading, outline.people_file)
        place, people = file.place(), validate(PeopleFile, file).root
    internal = tuple(
        RegisteredPerson(INTERNAL, person, place.below(number)) for number, person in enumerate(people)
    )
    vendors = tuple(_vendor(_parsed(reading, name)) for name in outline.vendor_files)
    return Written(
        outline.policy, outline.text, outline.people_file, outline.vendor_files, outline.unread, internal, vendors
    )


def _people_file(reading: Reading, text: YamlText) -> tuple[str | None, YamlText]:
    """Give the file that `internal.people` names, and the policy without that key; people may stand inline, too."""
    internal = text.data.get("internal") if isinstance(text.data, dict) else None
    named = internal.get("people") if isinstance(internal, dict) else None
    if not isinstance(internal, dict) or not isinstance(named, str):
        return None, text
    rest = {key: value for key, value in internal.items() if key != "people"}
    path = PurePosixPath(named)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise text.error(
            ("internal", "people"), f"got {shown(named)}, expected a relative path below the policy's folder"
        )
    if reading.raw(str(path)) is None:
        raise text.error(
            ("internal", "people"),
            f"no file {shown(named)}",
            "name the file with our own people, or list them here",
        )
    return str(path), replace(text, data={**text.data, "internal": rest})


def _listed(reading: Reading, text: YamlText, policy: PolicyFile) -> tuple[str, ...]:
    if policy.vendors is None:
        return ()
    names = reading.list(policy.vendors)
    if not names:
        raise text.error(
            ("vendors",),
            f"no folder {shown(policy.vendors)} with files in it",
            "add one file per vendor, or remove the key while there are none",
        )
    return names


def _is_vendor_file(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _SUFFIXES and not PurePosixPath(name).name.startswith(".")


def _parsed(reading: Reading, name: str) -> YamlText:
    text = reading.file(name)
    assert text is not None, "the outline read this file"
    return text


def _vendor(text: YamlText) -> RegisteredVendor:
    vendor = validate(Vendor, text)
    return RegisteredVendor(vendor, replace(text, data=None).place())  # of a thousand files, what was read twice
