"""Income: collections of each quarter, growth, plausibility. Requests and results."""
