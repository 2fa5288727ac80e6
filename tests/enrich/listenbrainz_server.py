"""A small ListenBrainz on loopback: the documented JSON over plain HTTP, in pages, and refusals."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

Song = tuple[str, str, str, int]
"""Artist, title, album, time."""


@dataclass
class FakeListenBrainz:
    """What it knows, what it was asked, and what it answers instead."""

    url: str = ""
    played: dict[str, list[Song]] = field(default_factory=dict)
    loved: dict[str, list[Song]] = field(default_factory=dict)
    token: str = ""
    """Asked for, if there is one."""
    asked: list[str] = field(default_factory=list)
    instead: tuple[int, bytes] | None = None
    """Status and body of every answer."""

    def answer(self, path: str, params: dict[str, str], authorization: str) -> tuple[int, object]:
        """(HTTP status, document) of an honest answer."""
        if self.token and authorization != f"Token {self.token}":
            return 401, {"code": 401, "error": "Invalid authorization token."}
        parts = unquote(path).split("/")
        user = parts[parts.index("user") + 1]
        if user not in self.played:
            return 404, {"code": 404, "error": f"Cannot find user: {user}"}
        count = min(int(params["count"]), 100)
        if parts[-1] == "listens":
            end = int(params.get("max_ts", 10**11))
            plays = sorted((s for s in self.played[user] if s[3] < end), key=lambda s: -s[3])
            listens = [{"listened_at": s[3], "track_metadata": named(s)} for s in plays[:count]]
            payload = {"count": len(listens), "user_id": user, "listens": listens}
            return 200, {"payload": payload}
        assert (params["score"], params["metadata"]) == ("1", "true")
        start = int(params["offset"])
        loves = sorted(self.loved.get(user, []), key=lambda s: -s[3])[start : start + count]
        entries = [{"created": s[3], "score": 1, "track_metadata": named(s)} for s in loves]
        return 200, {"feedback": entries, "count": len(entries), "offset": start}


def named(song: Song) -> dict[str, object]:
    artist, title, album, _ = song
    return {"artist_name": artist, "track_name": title, "release_name": album}


class Handler(BaseHTTPRequestHandler):
    """Answers as FakeListenBrainz says."""

    protocol_version = "HTTP/1.1"
    service: FakeListenBrainz

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self.service.asked.append(self.path)
        if self.service.instead:
            status, content = self.service.instead
        else:
            given = self.headers.get("authorization", "")
            status, document = self.service.answer(url.path, dict(parse_qsl(url.query)), given)
            content = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[FakeListenBrainz]:
    """The service, for as long as the block lasts."""
    service = FakeListenBrainz()
    handler = type("OneService", (Handler,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    service.url = f"http://127.0.0.1:{server.server_port}/1/"
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
