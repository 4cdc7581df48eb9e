"""Monitoring: households, income, clues, identification and removal of risk."""
