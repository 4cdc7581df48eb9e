"""Rows of a month for every department, and its rules once more as SQL (deploy/bench/bulk/<department>/)."""
