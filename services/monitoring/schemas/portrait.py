"""The portrait of a household, why, why not, and what if. Requests and results."""
