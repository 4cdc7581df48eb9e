"""Imported before anything else by what serves: from here on sockets, threads and sleeps are green."""

import eventlet

eventlet.monkey_patch()
