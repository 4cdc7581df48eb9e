"""Use cases of monitoring by topic: load, decide, save."""
