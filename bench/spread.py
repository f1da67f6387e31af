"""How measured times are spread."""

from collections.abc import Sequence


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which `share` of `values` lie; not a number when there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """The middle and the slow end, in milliseconds."""
    return {
        "p50": 1000 * quantile(seconds, 0.5),
        "p99": 1000 * quantile(seconds, 0.99),
        "count": len(seconds),
    }
