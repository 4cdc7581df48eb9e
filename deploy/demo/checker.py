"""Placeholder until the checker stands."""


def check(settings):
    return []
