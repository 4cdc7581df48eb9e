"""Tests of the monitoring service."""
