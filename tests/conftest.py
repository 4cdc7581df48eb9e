"""Root of the tests: green threads first, then the fixtures that start a private store and broker.

Properties take the same examples at every run, so that a red run is red again; `HYPOTHESIS=explore` seeks new
ones. How fast the machine is decides nothing.
"""

import os

import eventlet

eventlet.monkey_patch()

from hypothesis import HealthCheck, settings

ANY_SPEED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("repeatable", ANY_SPEED, derandomize=True)
settings.register_profile("explore", ANY_SPEED, derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS", "repeatable"))

pytest_plugins = ["tests.plugins.mongo", "tests.plugins.rabbit"]
