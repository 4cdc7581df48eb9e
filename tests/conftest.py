"""Root of the tests: green threads first, then the fixtures that start a private store and broker."""

import eventlet

eventlet.monkey_patch()

pytest_plugins = ["tests.plugins.mongo", "tests.plugins.rabbit"]
