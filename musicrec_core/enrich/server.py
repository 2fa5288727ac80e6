"""Where a music service lives: its own address, or any server that speaks its language."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from musicrec_core.errors import EnrichError
from musicrec_core.service_records import LASTFM, SERVICES, ServiceSpec


@dataclass(frozen=True, slots=True)
class Server:
    """An address in its parts; `place` is the host, with the port where one was given."""

    scheme: str
    place: str
    path: str

    @classmethod
    def at(cls, address: str, service: ServiceSpec = LASTFM) -> Server:
        """Read an address as people write it. Raises EnrichError when it is none.

        Without a scheme it is https; http must be written out, but for this very machine. Without
        a path it is the one that the service itself has.
        """
        text = address.strip()
        if "://" not in text:
            text = f"{'http' if _is_here(text) else 'https'}://{text}"
        try:
            parts = urlsplit(text)
            host, port = parts.hostname, parts.port
        except ValueError:
            host, port = None, None
        if (
            not host
            or len(text.split()) > 1
            or parts.scheme not in ("http", "https")
            or parts.query
            or parts.fragment
        ):
            raise EnrichError("a server's address looks like https://example.org/2.0/")
        if parts.username or parts.password:
            raise EnrichError("a server's address must hold no user name and no password")
        shown = f"[{host}]" if ":" in host else host
        place = f"{shown}:{port}" if port else shown
        path = parts.path if parts.path.strip("/") else urlsplit(service.address).path
        return cls(parts.scheme, place, path)

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.place}{self.path}"

    @property
    def name(self) -> str:
        """What people call it."""
        titles = (spec.title for spec in SERVICES if spec.address == self.url)
        return next(titles, self.place)

    @property
    def is_open(self) -> bool:
        """Whether the key would travel readable over a network."""
        return self.scheme == "http" and not _is_here(self.place)


def _is_here(place: str) -> bool:
    host = urlsplit(f"//{place}").hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
