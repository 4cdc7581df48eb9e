"""Slices: some real services together, over the real store and the embedded bus."""
