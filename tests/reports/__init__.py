"""Tests of what people and tools are told."""
