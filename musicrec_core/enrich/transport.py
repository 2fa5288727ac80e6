"""What lies between a service and the wire: our address, our limits, and errors by their kind.

pylast can only speak https to a host, waits up to 20 s for each part of an answer, opens a new
connection for every request, and takes any page for an answer. It lets its caller mount a
transport, though, and this is one: it keeps the connection, and hands on nothing but answers.
"""

from __future__ import annotations

import ssl
import time
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

# The very one that pylast uses: its name depends on pylast's version.
from pylast import httpx  # type: ignore[attr-defined]

from musicrec_core.enrich.problems import (
    BadProxy,
    CaptivePortal,
    Malformed,
    NotSecure,
    Problem,
    RateLimited,
    ServerDown,
    TimedOut,
    Unreachable,
)
from musicrec_core.enrich.server import Server

MOST_BYTES = 8_000_000  # the longest real answer, 1000 loved tracks, has about 1 MB


@dataclass(frozen=True, slots=True)
class TransportLimits:
    """How long to wait for a connection, for the next bytes, and for a whole answer."""

    connect_s: float = 10.0
    read_s: float = 15.0
    answer_s: float = 60.0


class Transport:
    """Mounted in every client that pylast makes, and outlives them all. Close it at the end.

    is_answer: whether a body is in the service's format, by the whole and its lower-case start.
    """

    def __init__(
        self, server: Server, limits: TransportLimits, is_answer: Callable[[bytes, bytes], bool]
    ) -> None:
        self._server = server
        self._limits = limits
        self._is_answer = is_answer
        try:
            self._wire = httpx.HTTPTransport(proxy=_proxy(server))
        except OSError:
            raise NotSecure(server.name) from None  # SSL_CERT_FILE names no certificate
        except (ImportError, ValueError, httpx.InvalidURL):
            raise BadProxy(server.name) from None

    def handle_request(self, request: Any) -> Any:
        """The answer to a request; raises a Problem for everything else."""
        request.url = request.url.copy_with(scheme=self._server.scheme)
        request.extensions["timeout"] = {
            "connect": self._limits.connect_s,
            "read": self._limits.read_s,
            "write": self._limits.read_s,
            "pool": self._limits.connect_s,
        }
        try:
            response = self._wire.handle_request(request)
            try:
                self._look_at(response)
                body = self._read(response)
            finally:
                response.close()
        except httpx.HTTPError as error:
            self._fail(error)
        self._look_into(body, response)
        return httpx.Response(200, content=body)

    def _look_at(self, response: Any) -> None:
        """Whether the status speaks of an answer. Errors of the service itself come with 4xx."""
        if response.status_code == 429:
            raise RateLimited(self._server.name, _wait_s(response))
        if response.status_code in range(300, 400) or response.status_code == 511:
            raise CaptivePortal(self._server.name)  # 511: "network authentication required"
        if response.status_code >= 500:
            raise ServerDown(self._server.name, _wait_s(response))

    def _read(self, response: Any) -> bytes:
        """The body, unpacked; a server that drips or floods is cut off."""
        until = time.monotonic() + self._limits.answer_s
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                raise Malformed(self._server.name)
            if time.monotonic() > until:
                raise TimedOut(self._server.name)
        return bytes(body)

    def _look_into(self, body: bytes, response: Any) -> None:
        start = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        if start.startswith((b"<!doctype html", b"<html")):
            raise CaptivePortal(self._server.name)
        if self._is_answer(body, start):
            return
        is_page = "html" in response.headers.get("content-type", "")
        raise (CaptivePortal if is_page else Malformed)(self._server.name)

    def _fail(self, error: Exception) -> NoReturn:
        problem: type[Problem] = Unreachable
        if isinstance(error, httpx.TimeoutException):
            problem = TimedOut
        elif isinstance(error, httpx.ConnectError) and _is_tls(error):
            problem = NotSecure
        elif isinstance(error, httpx.DecodingError):
            problem = Malformed
        elif isinstance(error, httpx.RemoteProtocolError | httpx.ReadError | httpx.WriteError):
            problem = ServerDown  # it hung up, or does not speak HTTP
        raise problem(self._server.name) from None  # the cause holds the request, and so the key

    def close(self) -> None:
        """Called by pylast after each request: the connection is kept for the next."""

    def hang_up(self) -> None:
        """Close the connection."""
        self._wire.close()

    def __enter__(self) -> Transport:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def get(url: str, params: Mapping[str, str], headers: Mapping[str, str]) -> Any:
    """A request for `handle_request`, of a service that pylast does not speak with."""
    return httpx.Request("GET", url, params=dict(params), headers=dict(headers))


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _wait_s(response: Any) -> float:
    """What the server asks for in seconds; dates are not read."""
    text = response.headers.get("retry-after", "")
    return float(text) if text.isdecimal() and len(text) < 9 else 0.0


def _proxy(server: Server) -> str | None:
    """The proxy of this system for the server, such as HTTPS_PROXY names it."""
    host = server.place.rpartition(":")[0] or server.place
    if urllib.request.proxy_bypass(host):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(server.scheme) or proxies.get("all")
