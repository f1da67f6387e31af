"""uvicorn, but for how it ends. `docs/deploy.md` says what somebody who runs Loggia sees of it."""

import asyncio
import gc
import os
import select
import signal
import socket
import time
from contextlib import suppress
from types import FrameType

from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess, multiprocess
from uvicorn.supervisors.multiprocess import Process

from workspace import ending

LOOK_EVERY = 0.02  # seconds
NOBODY = 15  # looks in a row that find somebody waiting: whoever takes over lets people in far sooner
ECHO = 2.0  # seconds: a supervisor, and an init system beside it, may each send the first signal


class PoliteServer(Server):
    """Ends when it is asked to: first the sockets, in turn, then everything else. Asked again, it ends at once."""

    _asked_at = 0.0

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        from workspace import clockwork, ringing  # a worker reads this module before Django is ready

        ringing.ring_on(
            asyncio.get_running_loop()
        )  # before the first socket, too, a request waits for no channel layer
        clockwork.start()
        gc.freeze()  # what is there now stays: to look through it for garbage stopped everybody for 80 ms now and then

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's signature
        now = time.monotonic()
        if not self.should_exit:
            self.should_exit, self._asked_at = True, now
            ending.ask()
        elif sig == signal.SIGINT or now - self._asked_at > ECHO:
            self.force_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from workspace import clockwork

        clockwork.stop()
        listeners = [each.dup() for each in sockets or []]
        for server in self.servers:
            server.close()
        serving = asyncio.create_task(self._take_what_nobody_takes(listeners))
        await self._close_sockets()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        for listener in listeners:
            listener.close()
        await super().shutdown(sockets)

    async def _close_sockets(self) -> None:
        """Those that are here now, in turn; then at once those that have come meanwhile."""
        from workspace.hub import hub  # a worker reads this module before Django is ready

        for processes in (self.config.workers, 0):
            await ending.close_in_turn(hub().sockets(), processes, lambda: self.force_exit)

    async def _take_what_nobody_takes(self, listeners: list[socket.socket]) -> None:
        """Who comes now belongs to the server that takes over. Where none does, they are served here until the end."""
        watched, found = select.poll(), 0
        for listener in listeners:
            listener.setblocking(False)
            watched.register(listener, select.POLLIN)
        while True:
            await asyncio.sleep(LOOK_EVERY)
            found = found + 1 if watched.poll(0) else 0
            if found > NOBODY:
                found = 0
                for listener in listeners:
                    await self._accept(listener)

    async def _accept(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        with suppress(OSError):  # nobody is left, has gone away meanwhile, or can be taken just now
            while True:
                visitor, _ = listener.accept()
                await loop.connect_accepted_socket(self._protocol, visitor)

    def _protocol(self) -> asyncio.Protocol:
        kind = self.config.http_protocol_class
        assert not isinstance(kind, str)  # the configuration is loaded
        return kind(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)  # type: ignore[call-arg]


class Worker(Process):
    """One of several processes that serve."""

    @property
    def server(self) -> Server:
        if self._server is None:
            self._server = PoliteServer(self.config)
        return self._server


class Workers(Multiprocess):
    """Several processes that serve, and are replaced when they die."""

    def join_all(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._hurry)
        super().join_all()

    def _hurry(self, _number: int, _frame: FrameType | None) -> None:
        for worker in self.processes:
            if worker.process.is_alive() and worker.pid:
                os.kill(worker.pid, signal.SIGINT)


def run(config: Config, listener: socket.socket) -> None:
    """Serve until SIGINT or SIGTERM, in as many processes as `config` says. Returns when everything has ended."""
    if config.workers == 1:
        PoliteServer(config).run(sockets=[listener])
    else:
        setattr(multiprocess, "Process", Worker)  # noqa: B010 - uvicorn has no other place for it
        Workers(config, sockets=[listener]).run()
