"""Read models of assistance, by topic."""
