"""Tests, a package so that they can share builders: `tests.repo` and the like."""
