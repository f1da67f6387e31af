"""Django as the tutorials set it up: SQLite, daphne, and channels-redis where `REDIS_URL` says where."""

import os
from pathlib import Path

REDIS_URL = os.environ.get("REDIS_URL", "")

SECRET_KEY = "measured, not deployed"
DEBUG = False
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "daphne",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "bench.tutorial.chat",
]
ROOT_URLCONF = "bench.tutorial.asgi"
ASGI_APPLICATION = "bench.tutorial.asgi.application"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": Path(os.environ["DATA_DIR"]) / "db.sqlite3",
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.core.RedisChannelLayer",
        # Unlike in the tutorials: with redis-py 8 and its own time-out, every idle consumer dies after 5 s.
        "CONFIG": {"hosts": [{"address": REDIS_URL, "socket_timeout": None, "max_connections": 10_000}]},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"}
}
