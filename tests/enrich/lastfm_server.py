"""A small Last.fm on loopback: real HTTPS, the documented XML, and every way to misbehave."""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape, quoteattr

import trustme

KEY = "c0ffee" * 5 + "42"  # the canary: no output may ever hold it
HANG_S = 3.0

Misdeed = Callable[["Handler"], None]


@dataclass
class Song:
    """A song as the service spells it."""

    artist: str
    title: str
    tags: dict[str, int] = field(default_factory=dict)
    listeners: int = 1000
    playcount: int = 5000


@dataclass
class FakeLastFm:
    """What the service knows, what it was asked, and how it is to misbehave."""

    url: str = ""
    ca_file: str = ""
    artists: dict[str, dict[str, int]] = field(default_factory=dict)
    """Tags and counts by name."""
    songs: list[Song] = field(default_factory=list)
    corrected: dict[str, str] = field(default_factory=dict)
    """What autocorrect makes of a name, in lower case."""
    loved: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    played: dict[str, list[tuple[str, str, str, int]]] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)
    misdeeds: list[Misdeed] = field(default_factory=list)
    """Done to the next requests, one each."""
    always: Misdeed | None = None
    lacks: set[str] = field(default_factory=set)
    """Methods that this server does not have."""
    hidden: set[str] = field(default_factory=set)
    """Users who hide their listening."""

    @property
    def methods(self) -> list[str]:
        return [request["method"] for request in self.asked]

    def answer(self, params: dict[str, str]) -> tuple[int, str]:
        """(HTTP status, XML) of an honest answer."""
        if params.get("api_key") != KEY:
            return 403, failed(10, f"Invalid API key {params.get('api_key')}")
        if params["method"] in self.lacks:
            return 400, failed(3, "Invalid Method")
        subject, _, topic = params["method"].partition(".")
        if subject == "user":
            return self._user(topic, params)
        given = self._resolved(subject, params)
        if given is None:
            return 404, failed(6, f"The {subject} you supplied could not be found")
        return 200, ok(_ABOUT[topic](self, subject, *given))

    def _resolved(
        self, subject: str, params: dict[str, str]
    ) -> tuple[str, str, dict[str, int]] | None:
        artist = params["artist"]
        if params.get("autocorrect") == "1":
            artist = self.corrected.get(artist.lower(), artist)
        artist = next((a for a in self.artists if a.lower() == artist.lower()), artist)
        if subject == "artist":
            return (artist, "", self.artists[artist]) if artist in self.artists else None
        wanted = params[subject]
        if params.get("autocorrect") == "1":
            wanted = self.corrected.get(wanted.lower(), wanted)
        for song in self.songs:
            if (song.artist, song.title.lower()) == (artist, wanted.lower()):
                return song.artist, song.title, song.tags
        return None

    def _user(self, topic: str, params: dict[str, str]) -> tuple[int, str]:
        user, limit, page = params["user"], int(params["limit"]), int(params.get("page", 1))
        if user not in self.loved and user not in self.played:
            return 404, failed(6, "User not found")
        if user in self.hidden:
            return 403, failed(17, "Login: User required to be logged in")
        if topic == "getLovedTracks":
            entries = [
                f"<track><name>{escape(title)}</name><date uts='{at}'>then</date>"
                f"<artist><name>{escape(artist)}</name><url>x</url></artist></track>"
                for artist, title, at in sorted(self.loved.get(user, []), key=lambda e: -e[2])
            ]
            return 200, ok(_paged("lovedtracks", user, entries, page, limit))
        start, end = int(params.get("from", 0)), int(params["to"])
        entries = [
            f"<track><artist mbid=''>{escape(artist)}</artist><name>{escape(title)}</name>"
            f"<album mbid=''>{escape(album)}</album><date uts='{at}'>then</date></track>"
            for artist, title, album, at in sorted(self.played.get(user, []), key=lambda e: -e[3])
            if start <= at < end
        ]
        now = "<track nowplaying='true'><artist mbid=''>Now</artist><name>Playing</name></track>"
        return 200, ok(_paged("recenttracks", user, entries, page, limit, now))


def _tags(_: FakeLastFm, subject: str, artist: str, name: str, tags: dict[str, int]) -> str:
    named = f" {subject}={quoteattr(name)}" if name else ""
    rows = "".join(
        f"<tag><name>{escape(tag)}</name><count>{count}</count><url>x</url></tag>"
        for tag, count in tags.items()
    )
    return f"<toptags artist={quoteattr(artist)}{named}>{rows}</toptags>"


def _similar(server: FakeLastFm, subject: str, artist: str, name: str, _: dict[str, int]) -> str:
    if subject == "artist":
        rows = "".join(
            f"<artist><name>{escape(other)}</name><mbid/><match>0.5</match></artist>"
            for other in server.artists
            if other != artist
        )
        return f"<similarartists artist={quoteattr(artist)}>{rows}</similarartists>"
    rows = "".join(
        f"<track><name>{escape(song.title)}</name><match>0.25</match>"
        f"<artist><name>{escape(song.artist)}</name></artist></track>"
        for song in server.songs
        if song.title != name
    )
    return (
        f"<similartracks track={quoteattr(name)} artist={quoteattr(artist)}>{rows}</similartracks>"
    )


def _info(_: FakeLastFm, subject: str, artist: str, name: str, __: dict[str, int]) -> str:
    counts = "<listeners>1234</listeners><playcount>56789</playcount>"
    if subject == "artist":
        return f"<artist><name>{escape(artist)}</name><mbid/><stats>{counts}</stats></artist>"
    by = f"<name>{escape(artist)}</name>" if subject == "track" else escape(artist)
    return f"<{subject}><name>{escape(name)}</name>{counts}<artist>{by}</artist></{subject}>"


_ABOUT = {"getTopTags": _tags, "getSimilar": _similar, "getInfo": _info}


def _paged(
    name: str, user: str, entries: list[str], page: int, limit: int, before: str = ""
) -> str:
    pages = -(-len(entries) // limit)
    shown = before + "".join(entries[(page - 1) * limit : page * limit])
    about = f"user={quoteattr(user)} page='{page}' perPage='{limit}' totalPages='{pages}'"
    return f"<{name} {about} total='{len(entries)}'>{shown}</{name}>"


def ok(inner: str) -> str:
    return f'<?xml version="1.0" encoding="utf-8"?>\n<lfm status="ok">{inner}</lfm>'


def failed(code: int, text: str) -> str:
    return f'<lfm status="failed"><error code="{code}">{escape(text)}</error></lfm>'


class Handler(BaseHTTPRequestHandler):
    """Answers as FakeLastFm says."""

    protocol_version = "HTTP/1.1"
    wbufsize = 65536  # an answer in one packet
    service: FakeLastFm

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0))).decode()
        params = dict(parse_qsl(body, keep_blank_values=True))
        self.service.asked.append(params)
        misdeed = self.service.misdeeds.pop(0) if self.service.misdeeds else self.service.always
        if misdeed is not None:
            misdeed(self)
            return
        status, text = self.service.answer(params)
        self.reply(status, text)

    def reply(self, status: int, text: str, kind: str = "text/xml", **headers: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("content-type", f"{kind}; charset=utf-8")
        self.send_header("content-length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


# --- misdeeds ---


def says_no(code: int, status: int = 200) -> Misdeed:
    return lambda handler: handler.reply(status, failed(code, f"no to {KEY}"))


def status(code: int, **headers: str) -> Misdeed:
    return lambda handler: handler.reply(code, f"<h1>no to {KEY}</h1>", "text/plain", **headers)


def portal(handler: Handler) -> None:
    handler.reply(200, f"<!DOCTYPE html><html><body>Log in {KEY}</body></html>", "text/html")


def redirect(handler: Handler) -> None:
    handler.reply(302, "", location="https://portal.invalid/")


def broken_xml(handler: Handler) -> None:
    handler.reply(200, f'<lfm status="ok"><toptags artist="{KEY}"><tag>')


def json_instead(handler: Handler) -> None:
    handler.reply(200, '{"toptags": {}}', "application/json")


def bomb(handler: Handler) -> None:
    handler.reply(200, '<!DOCTYPE lfm [<!ENTITY a "b">]><lfm status="ok">&a;</lfm>')


def not_text(handler: Handler) -> None:
    handler.send_response(200)
    body = b"<lfm status='ok'>\xff\xfe\xff</lfm>"
    handler.send_header("content-length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def hang(handler: Handler) -> None:
    time.sleep(HANG_S)
    handler.close_connection = True


def drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("content-length", "1000")
    handler.end_headers()
    for _ in range(int(HANG_S / 0.05)):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)
    handler.close_connection = True


def hang_up(handler: Handler) -> None:
    handler.close_connection = True
    handler.connection.close()


@contextmanager
def running(
    folder: Path, host: str = "127.0.0.1", certificate_for: str = ""
) -> Iterator[FakeLastFm]:
    """The service behind a certificate of its own authority, which may name another host."""
    authority = trustme.CA()
    certificate = authority.issue_cert(certificate_for or host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    service = FakeLastFm()
    handler = type("OneService", (Handler,), {"service": service})
    server = ThreadingHTTPServer((host, 0), handler)
    server.daemon_threads = True
    server.block_on_close = False
    server.handle_error = lambda *_: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    service.url = f"https://{host}:{server.server_port}/2.0/"
    service.ca_file = str(folder / "ca.pem")
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
