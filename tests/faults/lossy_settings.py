"""The product's settings, and a channel layer that cannot be relied on."""

from workspace.settings import *  # noqa: F403

CHANNEL_LAYERS["default"]["BACKEND"] = (  # noqa: F405
    "tests.faults.lossy.LossyRedis" if REDIS_URL else "tests.faults.lossy.LossyMemory"  # noqa: F405
)
