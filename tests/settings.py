"""The settings of pytest: a throwaway `DATA_DIR`, quick passwords, static files by their plain names."""

import atexit
import os
import shutil
import tempfile

if not os.environ.get("DATA_DIR"):
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="loggia-test-")
    atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from workspace.settings import *  # noqa: F403 - after the environment is set

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if not REDIS_URL:  # noqa: F405
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


# Tests that run side by side share one Valkey, and their projects have the same numbers.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if REDIS_URL:  # noqa: F405
    CHANNEL_LAYERS["default"]["CONFIG"]["prefix"] = f"test-{WORKER}"  # noqa: F405
    # `cache.clear()` empties a whole database of Redis, whatever the prefix: each has one of its own.
    number = int(WORKER.removeprefix("gw") or 0) + 1
    CACHES["default"]["OPTIONS"] = CACHES["default"].get("OPTIONS", {}) | {"db": number}
