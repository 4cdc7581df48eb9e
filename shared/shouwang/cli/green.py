"""Imported before anything else by what serves: from here on sockets, threads and sleeps are green."""

import warnings

with warnings.catch_warnings():
    # Eventlet says at every import that it is in bugfix mode; why it is used stands in docs/decisions.
    warnings.simplefilter("ignore")
    import eventlet

eventlet.monkey_patch()
