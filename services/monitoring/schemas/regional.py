"""Regional and large-scale risk: signals, warnings, joint study. Requests and results."""
