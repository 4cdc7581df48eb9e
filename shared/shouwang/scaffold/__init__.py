"""Writes a new department plugin: a repository of its own that passes the contract kit as it stands."""

from shouwang.scaffold.writing import write_plugin

__all__ = ["write_plugin"]
