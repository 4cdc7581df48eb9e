"""Root of the tests: green threads first, then the fixtures that start a private store and broker.

Properties take the same examples at every run, so that a red run is red again; `HYPOTHESIS=explore` seeks new
ones.
"""

import os

import eventlet

eventlet.monkey_patch()

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS", "repeatable"))

pytest_plugins = ["tests.plugins.mongo", "tests.plugins.rabbit"]
