"""Which requests a server of this machine answers: those of its own pages."""

from __future__ import annotations

import ipaddress
import re

HOST = re.compile(r"(?P<name>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:\d{1,5})?", re.ASCII)


def is_loopback(name: str) -> bool:
    """Whether a name or address, an IPv6 one without brackets, is this machine for itself."""
    try:
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def is_own_host(host: str | None) -> bool:
    """Whether a Host header names this machine: a name of others may lead here (DNS rebinding).

    Any port will do: the near end of a tunnel has one of its own.
    """
    match = HOST.fullmatch(host or "")
    return match is not None and is_loopback(match["name"].strip("[]").lower())


def is_own_origin(origin: str | None, host: str | None) -> bool:
    """Whether an Origin header names the page that the Host header names."""
    return is_own_host(host) and origin == f"http://{host}"
