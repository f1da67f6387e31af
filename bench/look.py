"""Looks at the pages of the sample workspace from within: a cookie to ask with, and how many queries each page makes."""

import os
import sys
from typing import Any

import django
import orjson

PATHS = ("/p/web-relaunch", "/p/web-relaunch/board")


def look() -> dict[str, Any]:
    """What `bench.pages` needs to know."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from accounts.models import User
    from tasks.models import Task

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(handle="yara"))
    queries = {}
    for path in PATHS:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        queries[path] = len(captured)
    name = settings.SESSION_COOKIE_NAME
    open_tasks = Task.objects.filter(project__slug="web-relaunch", completed_at=None).count()
    return {"cookie": f"{name}={client.cookies[name].value}", "queries": queries, "open": open_tasks}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "workspace.settings"
    django.setup()
    sys.stdout.buffer.write(orjson.dumps(look()))
