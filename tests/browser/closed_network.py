"""A network that lets pages through and refuses WebSockets, as some offices have it."""

import socket
import threading
from typing import Self
from urllib.parse import urlsplit

REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class ClosedNetwork:
    """`with ClosedNetwork(server.url) as network: new_page(network.url)`"""

    def __init__(self, behind: str) -> None:
        parts = urlsplit(behind)
        self._behind = (parts.hostname, parts.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.refused = 0
        self.is_open = False

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                visitor, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(visitor,), daemon=True).start()

    def _serve(self, visitor: socket.socket) -> None:
        with visitor:
            head = visitor.recv(65_536)
            if head.startswith(b"GET /ws/") and not self.is_open:
                self.refused += 1
                visitor.sendall(REFUSAL)
                return
            with socket.create_connection(self._behind) as server:
                server.sendall(head)
                threading.Thread(target=_pipe, args=(visitor, server), daemon=True).start()
                _pipe(server, visitor)


def _pipe(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return
