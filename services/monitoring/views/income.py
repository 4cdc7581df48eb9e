"""Income: collections of each quarter, growth, plausibility. What callers see."""
