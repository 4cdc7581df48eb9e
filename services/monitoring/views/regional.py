"""Regional and large-scale risk: signals, warnings, joint study. What callers see."""
