"""Tests of outsource_gate.evidence."""
