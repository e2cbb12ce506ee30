"""A web site on this machine that answers exactly what a test tells it to, however wrong that is."""

import contextlib
import gzip
import socket
import socketserver
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Asked:
    """A request as it came in."""

    path: str
    headers: dict[str, str]
    at: float = field(default_factory=time.monotonic)


Route = Callable[[socket.socket, Asked], None]


class Site(socketserver.ThreadingTCPServer):
    """Serves its ``routes``; a path that has none is a 404. ``asked`` holds the requests in order."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 32

    def __init__(self, tls=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.tls = tls
        self.port = self.server_address[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.over = threading.Event()

    def paths(self):
        return [asked.path for asked in self.asked]

    def handle_error(self, *_):
        pass  # clients of these tests hang up as they please

    def __enter__(self):
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.shutdown()
        self.server_close()


class _Handler(socketserver.BaseRequestHandler):
    def handle(self):
        connection = self.server.tls.wrap_socket(self.request, server_side=True) if self.server.tls else self.request
        with contextlib.suppress(OSError), contextlib.closing(connection):
            head = b""
            while b"\r\n\r\n" not in head:
                piece = connection.recv(65536)
                if not piece:
                    return
                head += piece
            first, *lines = head.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            asked = Asked(first.split()[1], headers)
            self.server.asked.append(asked)
            self.server.routes.get(asked.path.partition("?")[0], answer(b"not here", 404))(connection, asked)


def head(status=200, **headers):
    """The first lines of an answer; underscores in the names of headers are hyphens."""
    lines = [f"HTTP/1.1 {status} Said So", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


def answer(body=b"", status=200, content_type="text/html; charset=utf-8", **headers):
    """A route that answers properly."""
    head_bytes = head(status, content_type=content_type, content_length=len(body), connection="close", **headers)
    return lambda connection, _: connection.sendall(head_bytes + body)


def redirect(target, status=302):
    return answer(status=status, location=target)


def endless(first, piece, pause=0.0):
    """A route that never comes to an end by itself."""

    def route(connection, _):
        connection.sendall(first)
        while True:
            connection.sendall(piece)
            time.sleep(pause)

    return route


def broken_off(data):
    return lambda connection, _: connection.sendall(data)


def in_turn(*routes):
    """A route that answers each time with the next of several; the last one stays."""
    left = list(routes)
    return lambda connection, asked: (left.pop(0) if len(left) > 1 else left[0])(connection, asked)


def bomb(megabytes):
    """Zeros, packed to a thousandth."""
    return gzip.compress(bytes(megabytes << 20), 9)
