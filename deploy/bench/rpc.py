"""RPC in a service: ours with token, schema and metrics, beside nameko without them and bare py-amqp."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from deploy.bench.figures import AT_LEAST, AT_MOST, Figure, compared
from deploy.bench.place import Place
from deploy.bench.processes import running
from deploy.bench.raw import Client
from deploy.bench.sides import OURS, STOCK, Side, sides
from deploy.bench.sizes import Sizes
from deploy.bench.turns import medians

RAW: Final = "raw"
PEERS: Final = {RAW: "py-amqp", STOCK: "stock nameko"}
SLOWEST: Final = 4.0  # times py-amqp: routing, token, schema, metrics and green threads in return


def bench(place: Place, sizes: Sizes) -> list[Figure]:
    """Measure p50 of sequential calls, then calls a second with many in flight."""
    serving = running(place.folder / "raw.log", ("deploy.bench.raw", [place.amqp_uri]))
    with sides(place, ("echo", "caller")) as both, serving, Client(place.amqp_uri) as raw:
        latency = _latency(both, raw, sizes)
        rate = _rate(both, raw, sizes)
    return [*_latency_figures(latency), *_rate_figures(rate, sizes.in_flight)]


def _latency(both: Mapping[str, Side], raw: Client, sizes: Sizes) -> dict[str, float]:
    calls = sizes.calls
    return medians(
        sizes.rpc_rounds,
        {
            OURS: lambda: both[OURS].ask("caller", "sequential", calls, 1),
            RAW: lambda: raw.sequential(calls),
            STOCK: lambda: both[STOCK].ask("caller", "sequential", calls, 1),
        },
    )


def _rate(both: Mapping[str, Side], raw: Client, sizes: Sizes) -> dict[str, float]:
    calls, at_once = sizes.calls_at_once, sizes.in_flight
    return medians(
        sizes.rpc_rounds,
        {
            OURS: lambda: both[OURS].ask("caller", "concurrent", calls, at_once),
            RAW: lambda: raw.concurrent(calls, at_once),
            STOCK: lambda: both[STOCK].ask("caller", "concurrent", calls, at_once),
        },
    )


def _latency_figures(measured: Mapping[str, float]) -> list[Figure]:
    limits = {RAW: ("rpc_latency_raw", SLOWEST), STOCK: ("rpc_latency_nameko", 1.0)}
    return [
        compared(
            name, "RPC in a service, p50", "ms", PEERS[peer], measured[OURS], measured[peer], AT_MOST, limit
        )
        for peer, (name, limit) in limits.items()
    ]


def _rate_figures(measured: Mapping[str, float], in_flight: int) -> list[Figure]:
    limits = {RAW: ("rpc_throughput_raw", 1 / SLOWEST), STOCK: ("rpc_throughput_nameko", 1.0)}
    what = f"RPC in a service, {in_flight} in flight"
    return [
        compared(name, what, "calls/s", PEERS[peer], measured[OURS], measured[peer], AT_LEAST, limit)
        for peer, (name, limit) in limits.items()
    ]
