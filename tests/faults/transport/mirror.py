"""A server as `make run` starts it, with an application that answers each request with its scope.

python -m tests.faults.transport.mirror PORT
"""

import json
import sys
from typing import Any

import django
import uvicorn


async def mirror(scope: dict[str, Any], receive: Any, send: Any) -> None:
    headers = [[name.decode("latin-1"), value.decode("latin-1")] for name, value in scope["headers"]]
    text = json.dumps({"headers": headers, "client": scope["client"], "scheme": scope["scheme"]})
    await receive()
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": text})
        await send({"type": "websocket.close"})
        return
    sizes = [(b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": sizes})
    await send({"type": "http.response.body", "body": text.encode()})


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workspace.settings")
    django.setup()
    from workspace.management.commands.serve import UVICORN

    uvicorn.run(mirror, host="127.0.0.1", port=int(sys.argv[1]), proxy_headers=False, **UVICORN)
