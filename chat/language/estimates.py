"""How long a task takes: points, or working time (a week has 5 days, a day 8 hours)."""

import re

_POINTS = re.compile(r"(\d{1,4}(?:\.\d{1,2})?)(?:p|pts?)", re.ASCII)
_DURATION = re.compile(
    "".join(rf"(?:(\d{{1,4}}(?:\.\d{{1,2}})?){unit})?" for unit in "wdh") + r"(?:(\d{1,6})m(?:in)?)?",
    re.ASCII,
)
_MINUTES = (5 * 8 * 60, 8 * 60, 60, 1)


def read_estimate(text: str) -> str | None:
    """What `text` estimates, as "3pt" or "90min"; None when it is no estimate, or one of nothing."""
    text = text.lower()
    if points := _POINTS.fullmatch(text):
        value = float(points[1])
        return f"{value:g}pt" if value else None
    if duration := _DURATION.fullmatch(text):
        minutes = sum(
            round(float(part) * size) for part, size in zip(duration.groups("0"), _MINUTES, strict=True)
        )
        return f"{minutes}min" if minutes else None
    return None
