"""Entry points of monitoring by topic; service.py puts them together."""
