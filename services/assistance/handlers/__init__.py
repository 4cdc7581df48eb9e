"""Use cases of assistance."""
