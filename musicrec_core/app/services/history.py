"""What a person played and loved at a music service, taken over as feedback, each once.

The whole history is kept, songs that are not owned too: they become feedback when the song comes
into the library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from musicrec_core.app.context import Context
from musicrec_core.app.scores import metadata
from musicrec_core.culture.matching import title_key
from musicrec_core.names import artist_key
from musicrec_core.records import FeedbackSource, Progress
from musicrec_core.times import DAY_S

if TYPE_CHECKING:
    from musicrec_core.app.results import OnProgress
    from musicrec_core.enrich.registry import MusicService
    from musicrec_core.records import Track
    from musicrec_core.service_records import Listen
    from musicrec_core.store.services.enrichment import Key

PHASE = "reading your listening"
FEW_PAGES = 50  # 10,000 plays: enough to start from, before everything else is asked
LINK_BATCH = 5_000  # the database is another process's in between
LATE_S = 15 * DAY_S  # players hand in plays for two weeks after they happened


@dataclass(frozen=True, slots=True)
class HistoryReader:
    """Reads what is new of a user's history. It may end anywhere and goes on from there."""

    context: Context
    name: FeedbackSource
    """Which service."""
    service: MusicService
    user: str
    account: str
    """The user's name at the server, which says whose listens these are."""
    report: OnProgress

    def loved(self) -> None:
        """Newest first; once all were read, up to the first page that says nothing new."""
        store, profile = self.context.store.listens, self.context.profile
        mark = f"loved {profile} {self.account}"
        read_all = bool(store.bookmark(mark))
        number, left = 0, 1
        while left:
            number += 1
            page = self.service.loved(self.user, number)
            new = store.add(profile, self.name, self.account, page.listens)
            left = 0 if read_all and not new else page.left
            self.report(Progress(PHASE, number, number + left, "loved songs"))
        store.set_bookmark(mark, {"all": True})

    def played(self, most_pages: int | None = None) -> None:
        """The spans of time that are not read yet, the newest first, each from its end back."""
        store, profile = self.context.store.listens, self.context.profile
        spans, until_s = self._due(self._bookmark())
        pages = 0
        while spans and (most_pages is None or pages < most_pages):
            since_s, end_s = spans[0]
            page = self.service.played(self.user, since_s, end_s)
            pages += 1
            with self.context.store.atomic():
                store.add(profile, self.name, self.account, page.listens)
                if page.left and page.oldest_s is not None and end_s > since_s:
                    # A second more than the oldest: its other songs may be on the next page.
                    spans[0] = (since_s, min(int(page.oldest_s) + 1, end_s - 1))
                else:
                    spans = spans[1:]
                store.set_bookmark(self._mark, {"until": until_s, "spans": spans})
            self.report(Progress(PHASE, pages, pages + page.left, "plays"))

    def is_behind(self) -> bool:
        """Whether plays wait to be read."""
        return bool(self._bookmark().get("spans"))

    def _bookmark(self) -> dict[str, Any]:
        return self.context.store.listens.bookmark(self._mark)

    @property
    def _mark(self) -> str:
        return f"played {self.context.profile} {self.account}"

    def _due(self, noted: dict[str, Any]) -> tuple[list[tuple[int, int]], int]:
        """(spans that wait to be read, until when all is read or among them)."""
        now_s = int(self.context.now_s())
        until_s = int(noted.get("until", 0))
        spans = [(int(since_s), int(end_s)) for since_s, end_s in noted.get("spans", ())]
        if now_s - until_s >= 60:
            spans.insert(0, (max(until_s - LATE_S, 0), now_s))
            until_s = now_s
        return spans, until_s


def link(context: Context) -> tuple[int, int]:
    """Turn what is of owned songs into feedback with its own time; (plays, likes) that were new."""
    store = context.store
    waiting = store.listens.unmatched(context.profile)
    if not waiting:
        return 0, 0
    find = _finder(context)
    matched = [(*row, song) for row in waiting if (song := find(row[2])) is not None]
    ids_by_statement = store.feedback.times(context.profile)
    new = {"play": 0, "like": 0}
    for start in range(0, len(matched), LINK_BATCH):
        became: list[tuple[int, int]] = []
        with store.atomic():
            for listen_id, source, listen, song in matched[start : start + LINK_BATCH]:
                statement = (song.id, listen.kind, listen.at_s)
                if statement not in ids_by_statement:
                    ids_by_statement[statement] = store.feedback.add(
                        context.profile, song.id, listen.kind, at_s=listen.at_s, source=source
                    )
                    new[listen.kind] += 1
                became.append((listen_id, ids_by_statement[statement]))
            store.listens.mark(became)
    return new["play"], new["like"]


def _finder(context: Context) -> Callable[[Listen], Track | None]:
    """Finds the owned song of a listen: on the same album if it can, else the first there is."""
    songs: dict[Key, list[Track]] = {}
    for track in {t.id: t for t in context.store.tracks.present()}.values():
        key = metadata.key_of(track, "track")
        if key is not None:
            songs.setdefault(key, []).append(track)

    def find(listen: Listen) -> Track | None:
        owned = songs.get((artist_key(listen.artist), title_key(listen.title)), [])
        album = title_key(listen.album)
        return next((t for t in owned if title_key(t.album) == album), owned[0] if owned else None)

    return find
