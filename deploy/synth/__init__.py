"""A county with known truth: households, department tables, a year of events, and the truth beside them.

Everything here is invented. It knows neither the policy nor the rules of the suite: what it plants is judged
afterwards by others. See docs/synth.md.
"""
