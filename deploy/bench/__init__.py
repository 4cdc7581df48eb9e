"""Speed as ratios: what the suite does, against a named peer doing the same work in the same run.

`python -m deploy.bench` (or `make bench`) starts a private broker and a private store, measures in turns,
prints a table, writes var/bench/results.json and leaves nothing running. See docs/bench.md.
"""
