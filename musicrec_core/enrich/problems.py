"""What can go wrong when a music service is asked, by kind: one sentence each on what to do.

No text here ever quotes a request, an answer or another library's error: any of them could hold
the key.
"""

from __future__ import annotations

from typing import ClassVar

from musicrec_core.errors import EnrichError

AGAIN = "run `musicrec enrich` again later, what was fetched is kept"


class Problem(EnrichError):  # noqa: N818 - its leaves are named by their kinds
    """One failed request. `host` is the server's name."""

    says: ClassVar[str]
    """The sentence; `{host}` stands for the server's name."""
    tries: ClassVar[int] = 1
    """How often a request is made before this is given up."""
    slows: ClassVar[bool] = False
    """Whether the server complains of being asked too fast."""
    ends: ClassVar[bool] = True
    """Whether every other request would meet the same."""

    def __init__(self, host: str, wait_s: float = 0.0) -> None:
        super().__init__(self.says.format(host=host, again=AGAIN))
        self.host = host
        self.wait_s = wait_s
        """How long the server asks to be left alone."""

    def sentence(self, again: str) -> str:
        """The sentence with another word on when to try again."""
        return self.says.format(host=self.host, again=again)


class BadKey(Problem):
    """The key is wrong, or was suspended."""

    kind = "bad key"
    says = (
        "{host} refuses the API key: get one at https://www.last.fm/api/account/create and enter "
        "it with `musicrec lastfm login`"
    )


class BadToken(BadKey):
    """The token is wrong, or one is needed."""

    says = (
        "{host} refuses the token, or asks for one: https://listenbrainz.org/settings/ shows "
        "yours, and `musicrec listenbrainz login --key-stdin` takes it"
    )


class NotFound(Problem):
    """The service knows nothing under this name."""

    kind = "not found"
    says = "{host} knows nothing of this name"
    ends = False


class RateLimited(Problem):
    """The service wants fewer requests."""

    kind = "rate limit"
    says = "{host} has had too many requests from this address: wait an hour, then {again}"
    tries = 6
    slows = True


class ServerDown(Problem):
    """The service is out of order, for everybody or for this one question."""

    kind = "server down"
    says = "{host} is out of order just now: {again}"
    tries = 6
    slows = True
    ends = False


class Unreachable(Problem):
    """Nothing answers at that address."""

    kind = "unreachable"
    says = "{host} cannot be reached: check the network connection, then {again}"
    tries = 3


class BadProxy(Problem):
    """The system names a proxy that cannot be used."""

    kind = "proxy"
    says = (
        "this system's proxy cannot be used to reach {host}: check HTTPS_PROXY and ALL_PROXY (for "
        "socks, `pip install socksio`)"
    )


class CaptivePortal(Problem):
    """A web page or a redirection came where an answer should be."""

    kind = "captive portal"
    says = (
        "a web page came instead of an answer from {host}: log in to this network with a browser, "
        "or check the server's address, then {again}"
    )


class NotSecure(Problem):
    """The server's certificate does not hold."""

    kind = "TLS"
    says = (
        "no secure connection to {host}: check this machine's clock and whether the network needs "
        "a login; for a server of your own, name its certificate in SSL_CERT_FILE"
    )


class TimedOut(Problem):
    """The server took too long."""

    kind = "timeout"
    says = "{host} did not answer in time: check the network connection, then {again}"
    tries = 4
    ends = False


class Malformed(Problem):
    """An answer that does not follow the format."""

    kind = "malformed answer"
    says = "an answer of {host} cannot be read: if it stays so, check the server's address"
    tries = 2
    ends = False


class NotOffered(Problem):
    """A compatible server that lacks this method."""

    kind = "not offered"
    says = "{host} does not offer this"
    ends = False


class Private(Problem):
    """The user hides this part of the profile."""

    kind = "private"
    says = (
        "this user's listening is hidden: at {host}, under Settings, Privacy, allow recent "
        "listening to be seen, then {again}"
    )


class NoSuchUser(Problem):
    """The service has no user of that name."""

    kind = "no such user"
    says = "{host} has no user of that name: log in again with the right one, --user NAME"


# https://www.last.fm/api/errorcodes; 6 and 7 mean "not found" for a well-formed question.
BY_CODE: dict[int, type[Problem]] = {
    **dict.fromkeys((4, 9, 10, 13, 14, 15, 26), BadKey),
    **dict.fromkeys((2, 3, 5, 27), NotOffered),
    **dict.fromkeys((6, 7), NotFound),
    **dict.fromkeys((8, 11, 16, 20), ServerDown),
    17: Private,
    29: RateLimited,
}
