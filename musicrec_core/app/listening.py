"""What a person played and loved at a music service, taken over as feedback, each once.

The whole history is kept, songs that are not owned too: they become feedback when the song comes
into the library.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from musicrec_core.app import outside
from musicrec_core.app.context import Context
from musicrec_core.culture.matching import title_key
from musicrec_core.culture.names import artist_key
from musicrec_core.records import Progress

if TYPE_CHECKING:
    from musicrec_core.answers import Listen
    from musicrec_core.app.results import OnProgress
    from musicrec_core.enrich.service import MusicService
    from musicrec_core.records import Track
    from musicrec_core.store.enrichment import Key

PHASE = "reading your listening"


def fetch(
    context: Context, service: MusicService, user: str, server: str, report: OnProgress
) -> None:
    """Read what is new of a user's history. It may end anywhere and goes on from there."""
    account = f"{user}@{server}"
    _loved(context, service, user, account, report)
    _played(context, service, user, account, report)


def _loved(
    context: Context, service: MusicService, user: str, account: str, report: OnProgress
) -> None:
    """Newest first; once all have been read, up to the first page that says nothing new."""
    store = context.store.listens
    mark = f"loved {context.profile} {account}"
    read_all = bool(store.bookmark(mark))
    number = 0
    while True:
        number += 1
        page = service.loved(user, number)
        new = store.add(context.profile, account, page.listens)
        report(Progress(PHASE, number, 0, f"loved songs, page {number}"))
        if page.is_last or (read_all and not new):
            break
    store.set_bookmark(mark, {"all": True})


def _played(
    context: Context, service: MusicService, user: str, account: str, report: OnProgress
) -> None:
    """Spans of time that are not read yet, each from its end backwards."""
    store = context.store.listens
    mark = f"played {context.profile} {account}"
    noted = store.bookmark(mark)
    now_s = int(context.now_s())
    spans = [list(map(int, span)) for span in noted.get("spans", ())]  # type: ignore[attr-defined]
    until_s = int(noted.get("until", 0))  # type: ignore[call-overload]
    if until_s < now_s:
        spans.insert(0, [until_s, now_s])

    def note() -> None:
        store.set_bookmark(mark, {"until": now_s, "spans": spans})

    note()
    read = 0
    while spans:
        since_s, end_s = spans[0]
        page = service.played(user, since_s, end_s)
        with context.store.atomic():
            store.add(context.profile, account, page.listens)
            if page.is_last or page.oldest_s is None or end_s <= since_s:
                spans.pop(0)
            else:
                # One second more than the oldest: its other songs may be on the next page.
                spans[0][1] = min(int(page.oldest_s) + 1, end_s - 1)
            note()
        read += len(page.listens)
        report(Progress(PHASE, read, 0, f"{read} plays"))


def link(context: Context) -> tuple[int, int]:
    """Turn what is of owned songs into feedback with its own time; (plays, likes) that were new."""
    store = context.store
    waiting = store.listens.unmatched(context.profile)
    if not waiting:
        return 0, 0
    find = _finder(context)
    known = store.feedback.times(context.profile)
    new = {"play": 0, "like": 0}
    became: list[tuple[int, int]] = []
    with store.atomic():
        for listen_id, listen in waiting:
            track = find(listen)
            if track is None:
                continue
            feedback_id = known.get((track.id, listen.kind, listen.at_s))
            if feedback_id is None:
                feedback_id = store.feedback.add(
                    context.profile, track.id, listen.kind, at_s=listen.at_s, source="lastfm"
                )
                known[track.id, listen.kind, listen.at_s] = feedback_id
                new[listen.kind] += 1
            became.append((listen_id, feedback_id))
        store.listens.mark(became)
    return new["play"], new["like"]


def _finder(context: Context) -> Callable[[Listen], Track | None]:
    """Finds the owned song of a listen: on the same album if it can, else the first there is."""
    songs: dict[Key, list[Track]] = {}
    for track in {t.id: t for t in context.store.files.present()}.values():
        key = outside.key_of(track, "track")
        if key is not None:
            songs.setdefault(key, []).append(track)

    def find(listen: Listen) -> Track | None:
        owned = songs.get((artist_key(listen.artist), title_key(listen.title)), [])
        album = title_key(listen.album)
        return next((t for t in owned if title_key(t.album) == album), owned[0] if owned else None)

    return find
