"""Logs and metrics that tell what happens, and nothing about persons."""
