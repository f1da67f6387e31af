"""Where people's clocks stand."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from accounts.models import User


def zone_of(user: User) -> tzinfo:
    """The person's time zone; UTC where the stored name means nothing to this machine."""
    try:
        return ZoneInfo(user.time_zone)
    except (ValueError, OSError):  # unknown, or not the name of a zone at all
        return UTC
