"""Benchmarks, run by hand or in CI; never asserted as times in tests."""
