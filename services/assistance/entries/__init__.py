"""Entry points of assistance, by topic; service.py puts them together."""
