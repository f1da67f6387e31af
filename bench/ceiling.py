"""The ceiling: a bare `websockets` server that tells everybody what anybody says, and stores nothing.

python -m bench.ceiling PORT
"""

import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

everybody: set[ServerConnection] = set()


async def talk(socket: ServerConnection) -> None:
    """One connection: what it says goes to all, itself included."""
    everybody.add(socket)
    try:
        async for text in socket:
            broadcast(everybody, text)
    finally:
        everybody.discard(socket)


async def main(port: int) -> None:
    """Serve for ever, without compression, as the others are measured."""
    async with serve(talk, "127.0.0.1", port, compression=None) as server:
        await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1])))
