"""Which files make up policy and register? Reads each once, within bounds, and keeps its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from outsource_gate.errors import PolicyError
from outsource_gate.policy.source import MAX_FILES, POLICY_FILE, FolderSource, Source
from outsource_gate.policy.yaml_text import YamlText, read_yaml, shown

MAX_TOTAL_BYTES = 32 * 1024 * 1024


class Reading:
    """One reading of a source: what was read, how much of it."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._read: dict[str, bytes | None] = {}
        self._digests: dict[str, str] = {}
        self._total = 0

    def policy(self) -> YamlText:
        """Read the policy itself, under the name that its user knows it by."""
        name = self.source.policy_file if isinstance(self.source, FolderSource) else POLICY_FILE
        text = self.file(POLICY_FILE, name)
        if text is None:
            raise PolicyError(
                f"{self.source.where}: no {name} there",
                hint="write one (`outsource-gate policy schema` shows the keys), or name its folder with --policy",
            )
        return text

    def file(self, path: str, name: str = "") -> YamlText | None:
        """Read one YAML file; None where there is none."""
        raw = self.raw(path)
        return None if raw is None else read_yaml(name or path, raw)

    def raw(self, path: str) -> bytes | None:
        """Read one file, once: what is parsed is what the digest is of. None where there is none."""
        if path not in self._read:
            raw = self._read[path] = self.source.read(path)
            if raw is not None:
                self._counted(path, raw)
        return self._read[path]

    @property
    def size(self) -> int:
        """How many bytes were read so far."""
        return self._total

    def list(self, folder: str) -> tuple[str, ...]:
        """List the files below a folder; names must be fit to be shown."""
        found = self.source.list(folder)
        if len(found) > MAX_FILES:
            raise PolicyError(
                f"{folder}: more than {MAX_FILES} files, the most allowed", hint="keep only vendor files"
            )
        for path in found:
            if not path.isprintable():
                raise PolicyError(
                    f"{shown(path)}: the file's name holds characters that nobody sees", hint="rename it"
                )
        return found

    def _counted(self, path: str, raw: bytes) -> None:
        self._total += len(raw)
        if self._total > MAX_TOTAL_BYTES:
            raise PolicyError(
                f"{path}: policy and register together are larger than {MAX_TOTAL_BYTES} bytes, the most allowed",
                hint="leave out what is no longer needed",
            )
        self._digests[path] = hashlib.sha256(raw).hexdigest()

    def digest(self) -> str:
        """SHA-256 over the policy, as `sha256sum policy.yaml | sha256sum` gives it."""
        return _digest({path: digest for path, digest in self._digests.items() if path == POLICY_FILE})

    def register_digest(self) -> str:
        """The same over the people and vendor files, sorted by path."""
        return _digest({path: digest for path, digest in self._digests.items() if path != POLICY_FILE})


def _digest(files: Mapping[str, str]) -> str:
    lines = "".join(f"{digest}  {path}\n" for path, digest in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
