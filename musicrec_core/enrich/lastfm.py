"""Last.fm, and any server that speaks its language, as a MusicService."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.enrich import answers
from musicrec_core.enrich.client import Client
from musicrec_core.enrich.problems import NoSuchUser, NotFound
from musicrec_core.service_records import Answer, ListenPage, Subject, Topic

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.dom.minidom import Document

    from musicrec_core.enrich.account import Account
    from musicrec_core.enrich.pacing import Pace

METHODS: Mapping[Topic, str] = {"tags": "getTopTags", "similar": "getSimilar", "info": "getInfo"}
SIMILAR = {"artist": 50, "track": 20}  # more are hardly similar, and a track's fill the database
PAGE_OF_PLAYS = 200  # the most that the service gives at once
PAGE_OF_LOVES = 500
KNOWN_EVERYWHERE = "Radiohead"


def connect(account: Account, pace: Pace, *, patient: bool) -> LastFm:
    """See enrich.registry."""
    return LastFm(Client(account.server, account.key, pace, patient=patient))


class LastFm:
    """See MusicService."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def requests(self) -> int:
        """See MusicService."""
        return self._client.requests

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def check(self, _: str | None) -> None:
        """Ask one small thing, to see whether server and key are right."""
        try:
            self.ask("artist", "tags", KNOWN_EVERYWHERE)
        except NotFound:
            return  # a small server may well not know them

    def ask(
        self, subject: Subject, topic: Topic, artist: str, name: str = "", *, exact: bool = False
    ) -> Answer:
        """Tags, similar ones, or popularity. Unless `exact`, the service may correct the names."""
        params = {"artist": artist, "autocorrect": str(int(not exact))}
        if subject != "artist":
            params[subject] = name
        if topic == "similar":
            params["limit"] = str(SIMILAR[subject])
        document = self._client.ask(f"{subject}.{METHODS[topic]}", params)
        if topic == "info":
            return answers.info(document, subject)
        return answers.tags(document) if topic == "tags" else answers.similar(document)

    def loved(self, user: str, page: int) -> ListenPage:
        """A page of the songs that a user loves, the newest on page 1."""
        params = {"user": user, "page": str(page), "limit": str(PAGE_OF_LOVES)}
        return answers.listens(self._of_user("user.getLovedTracks", params), "like")

    def played(self, user: str, since_s: int, until_s: int) -> ListenPage:
        """The newest songs that a user played between two times."""
        params = {"user": user, "to": str(until_s), "limit": str(PAGE_OF_PLAYS)}
        if since_s:
            params["from"] = str(since_s)
        return answers.listens(self._of_user("user.getRecentTracks", params), "play")

    def _of_user(self, method: str, params: Mapping[str, str]) -> Document:
        try:
            return self._client.ask(method, params)
        except NotFound:
            raise NoSuchUser(self._client.server.name) from None
