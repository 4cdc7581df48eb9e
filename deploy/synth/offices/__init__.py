"""A month's tables of every department about a county's people, and what is true of whom (docs/synth.md)."""
