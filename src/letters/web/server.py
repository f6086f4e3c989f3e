"""Serves the preview on this machine alone.

Other programs and pages must not reach it: it listens on the loopback address, its path holds a random word,
and a request that names another host (DNS rebinding) is refused. It only reads.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from letters.web.preview import PreviewApp, Response

LOOPBACK = "127.0.0.1"
#: Seconds between two looks at the files of the library.
LOOK_EVERY = 0.4

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class PreviewServer(ThreadingHTTPServer):
    """One preview, served until `shutdown`.

    Args:
        port: 0 for any that is free.
    Raises:
        OSError: the port is taken.
    """

    daemon_threads = True
    app: PreviewApp

    def __init__(self, app: PreviewApp, port: int = 0) -> None:
        self.app = app
        self.word = secrets.token_urlsafe(12)
        self.lock = threading.Lock()
        self.ended = threading.Event()
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def address(self) -> str:
        """Where a browser finds the page."""
        return f"http://{LOOPBACK}:{self.server_port}/{self.word}/"

    def shutdown(self) -> None:
        """Stop; the pages that wait for news are let go."""
        self.ended.set()
        super().shutdown()

    def locked(self, answer: Callable[[], Response]) -> Response:
        """One request at a time: the library and the renderers are not shared between threads."""
        with self.lock:
            return answer()


class _Handler(BaseHTTPRequestHandler):
    server: PreviewServer
    server_version = "letters"
    sys_version = ""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        below = f"/{self.server.word}/"
        if not self._is_ours() or not url.path.startswith(below):
            self._send(Response.html("", HTTPStatus.NOT_FOUND))
            return
        path = url.path.removeprefix(below)
        if path == "nyt":
            self._tell()
            return
        query = parse_qs(url.query)
        self._send(self.server.locked(lambda: self.server.app.respond(path, query)))

    def _is_ours(self) -> bool:
        port = self.server.server_port
        return self.headers.get("Host", "") in (f"{LOOPBACK}:{port}", f"localhost:{port}")

    def _send(self, response: Response) -> None:
        self.send_response(response.status)
        self.send_header("Content-Type", response.media)
        self.send_header("Content-Length", str(len(response.body)))
        self._headers()
        with contextlib.suppress(ConnectionError):  # the browser went on to another page
            self.wfile.write(response.body)

    def _headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.end_headers()

    def _tell(self) -> None:
        """Tell the page the library's stamp each time it changes, as server-sent events."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self._headers()
        told = ""
        with contextlib.suppress(ConnectionError):
            while not self.server.ended.is_set():
                stamp = self.server.app.stamp()
                # Without news a comment is sent, which shows whether anybody still listens.
                self.wfile.write((f"data: {stamp}\n\n" if stamp != told else ": \n\n").encode())
                self.wfile.flush()
                told = stamp
                self.server.ended.wait(LOOK_EVERY)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: an address holds the page's secret word."""
