"""Medians of runs taken in turn, and how they are printed."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median, quantiles


def taken_in_turn(
    measures: Mapping[str, Callable[[], float]], rounds: int, warm_up: int = 2
) -> dict[str, list[float]]:
    """What each measure gave in so many rounds, one of each in a round, after some that do not count."""
    taken: dict[str, list[float]] = {name: [] for name in measures}
    for turn in range(warm_up + rounds):
        for name, measure in measures.items():
            value = measure()
            if turn >= warm_up:
                taken[name].append(value)
    return taken


def heading(text: str) -> None:
    """Begin the figures of a benchmark."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def beside(taken: Mapping[str, Sequence[float]], peer: str, unit: str = "ms") -> dict[str, float]:
    """Print the median of each measure, its middle half, and its ratio to the peer's. Returns medians."""
    middle = {name: median(values) for name, values in taken.items()}
    width = max(map(len, taken))
    for name, values in taken.items():
        low, _, high = quantiles(values, n=4) if len(values) > 1 else (values[0],) * 3
        print(
            f"{name:<{width}}  {middle[name]:9.1f} {unit}  ({low:.1f} to {high:.1f})"
            f"  {middle[name] / middle[peer]:6.2f}x",
            flush=True,
        )
    return middle


def percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 99th."""
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[98]


def aim(what: str, value: float, limit: float, unit: str) -> None:
    """Print whether an aim was met, and else by how much it was missed."""
    told = "met" if value <= limit else f"missed by {(value / limit - 1) * 100:.0f} %"
    print(f"aim: {what} <= {limit:g} {unit}: {value:.2f} {unit}, {told}", flush=True)
