"""What the bus counts. Labels are names of services and queues only."""

from __future__ import annotations

from prometheus_client import Counter, Gauge

PUBLISHED = Counter("shouwang_bus_events_published", "Events taken over by the bus", ["service"])
UNROUTED = Counter("shouwang_bus_events_unrouted", "Events for which nobody has a queue", ["service"])
ALTERED = Counter("shouwang_bus_outbox_altered", "Aggregates whose waiting events were altered", ["service"])
HANDLED = Counter("shouwang_bus_events_handled", "Deliveries of events by outcome", ["queue", "outcome"])
LATE = Counter("shouwang_bus_calls_late", "Calls dropped because their deadline was over", ["service"])
LOST_REPLIES = Counter("shouwang_bus_replies_lost", "Replies that the bus could not take", ["service"])
FAILING = Gauge("shouwang_bus_relay_failing", "1 where events of a service do not leave", ["service"])
