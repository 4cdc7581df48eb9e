"""Precision and recall of every screening rule against a known truth: `make precision` (docs/synth.md)."""
