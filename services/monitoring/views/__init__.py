"""Read models of monitoring by topic: what callers see. Names are masked, numbers are never shown."""
