"""ListenBrainz, and any server that speaks its language, as a MusicService: listening alone.

https://listenbrainz.readthedocs.io, Core and Feedback. What users listen to there is public, so a
token is needed only where a server asks for one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote

from musicrec_core.enrich.pacing import Patience
from musicrec_core.enrich.problems import (
    BadToken,
    Malformed,
    NoSuchUser,
    NotOffered,
    Problem,
    RateLimited,
    ServerDown,
)
from musicrec_core.enrich.transport import Transport, TransportLimits, get
from musicrec_core.service_records import Listen, ListenPage
from musicrec_core.text import one_line

if TYPE_CHECKING:
    from musicrec_core.enrich.account import Account
    from musicrec_core.enrich.pacing import Pace
    from musicrec_core.enrich.server import Server
    from musicrec_core.service_records import Answer

PAGE = 100  # each answer up to this many: a server may give fewer than are asked for
FIRST_LISTEN_S = 1_009_843_200  # 2002, when Audioscrobbler began; an earlier time is a wrong clock
LONGEST_NAME = 300
BY_CODE: dict[int, type[Problem]] = {
    401: BadToken, 403: BadToken, 404: NoSuchUser, 429: RateLimited,
}  # fmt: skip


def connect(account: Account, pace: Pace, *, patient: bool) -> ListenBrainz:
    """See enrich.registry."""
    return ListenBrainz(account.server, account.key, Patience(pace, patient=patient))


class ListenBrainz:
    """See MusicService."""

    def __init__(self, server: Server, token: str, patience: Patience) -> None:
        self._server = server
        self._patience = patience
        self._transport = Transport(server, TransportLimits(), _is_answer)
        self._headers = {"User-Agent": "musicrec"}
        if token:
            self._headers["Authorization"] = f"Token {token}"

    @property
    def requests(self) -> int:
        """See MusicService."""
        return self._patience.requests

    def close(self) -> None:
        """Hang up."""
        self._transport.hang_up()

    def check(self, user: str | None) -> None:
        """Ask for one play of the user."""
        if user:
            self._get(f"user/{quote(user, safe='')}/listens", {"count": "1"})

    def ask(self, *_: object, **__: object) -> Answer:
        """Nothing is asked of it but listening."""
        raise NotOffered(self._server.name)

    def loved(self, user: str, page: int) -> ListenPage:
        """See MusicService."""
        params = {
            "score": "1", "metadata": "true", "count": str(PAGE), "offset": str((page - 1) * PAGE)
        }  # fmt: skip
        document = self._get(f"feedback/user/{quote(user, safe='')}/get-feedback", params)
        entries = self._entries(document, "feedback")
        loves = tuple(filter(None, (_listen("like", e, "created") for e in entries)))
        # `total_count` is of hated songs too, so a full page may be followed by an empty one.
        return ListenPage(loves, _oldest_s(entries, "created"), int(len(entries) >= PAGE))

    def played(self, user: str, since_s: int, until_s: int) -> ListenPage:
        """See MusicService. Asked backwards from the end, since not every server takes both."""
        params = {"max_ts": str(until_s), "count": str(PAGE)}
        document = self._get(f"user/{quote(user, safe='')}/listens", params)
        entries = self._entries(document.get("payload"), "listens")
        plays = filter(None, (_listen("play", e, "listened_at") for e in entries))
        oldest_s = _oldest_s(entries, "listened_at")
        return ListenPage(
            tuple(play for play in plays if play.at_s >= since_s),
            oldest_s,
            int(oldest_s is not None and oldest_s > since_s),
        )

    def _get(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        return self._patience.ask(lambda: self._get_once(path, params))

    def _get_once(self, path: str, params: Mapping[str, str]) -> dict[str, Any]:
        request = get(f"{self._server.url}{path}", params, self._headers)
        try:
            document = json.loads(self._transport.handle_request(request).content)
        except ValueError:
            raise Malformed(self._server.name) from None  # the cause quotes the answer
        if not isinstance(document, dict):
            raise Malformed(self._server.name)
        if "error" in document:
            self._refused(document.get("code"))
        return document

    def _refused(self, code: object) -> NoReturn:
        raise (BY_CODE.get(code, ServerDown) if isinstance(code, int) else ServerDown)(
            self._server.name
        )

    def _entries(self, of: object, name: str) -> list[dict[str, Any]]:
        entries = of.get(name) if isinstance(of, dict) else None
        if not isinstance(entries, list):
            raise Malformed(self._server.name)
        return [entry for entry in entries if isinstance(entry, dict)]


def _listen(kind: str, entry: dict[str, Any], time_name: str) -> Listen | None:
    """None for what has no name or no time that can be."""
    song, at_s = entry.get("track_metadata"), _time_s(entry, time_name)
    if not isinstance(song, dict) or at_s < FIRST_LISTEN_S:
        return None
    artist, title, album = (_text(song.get(f"{n}_name")) for n in ("artist", "track", "release"))
    if not artist or not title:
        return None
    return Listen("like" if kind == "like" else "play", artist, title, album, at_s)


def _oldest_s(entries: list[dict[str, Any]], time_name: str) -> float | None:
    return min((_time_s(entry, time_name) for entry in entries), default=None)


def _time_s(entry: dict[str, Any], name: str) -> float:
    value = entry.get(name)
    return float(value) if isinstance(value, int) and 0 <= value < 1e11 else 0.0


def _text(value: object) -> str:
    return one_line(value).strip()[:LONGEST_NAME] if isinstance(value, str) else ""


def _is_answer(_: bytes, start: bytes) -> bool:
    return start.startswith(b"{")
