"""Albums or artists as answers to any request that songs answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.lists import dials, listing, seed_rows, version_choice
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.recommend import health, where_it_is
from musicrec_core.app.lists.sources import ForYouSource
from musicrec_core.app.notices import Notice
from musicrec_core.app.results import GroupKind, GroupPick, GroupRecommendations
from musicrec_core.errors import MusicRecError
from musicrec_core.feedback_kinds import CLEARLY_DISLIKED, CLEARLY_LIKED
from musicrec_core.names import is_nobody
from musicrec_core.recommender.ranking import BEST, RankedGroup, RankedRow, rank_groups, z_scores
from musicrec_core.records import Reason, Track

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.listing import Understood
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.records import FloatArray, IntArray

LEAST_SONGS = 3
"""An album of fewer is a single."""
QUARTER = 0.25
NAMED = 2  # songs in a reason
LEANING = 4.0
"""Deviations of song scores that a dial's two ends lie apart by, times its distance from both."""
TASTE = 0.05


def recommend(context: Context, request: ListRequest, kind: GroupKind) -> GroupRecommendations:
    """See ListsPart.recommend_groups."""
    if request.kind in ("journey", "dissimilar") or request.order:
        raise MusicRecError(f"{kind}s are ranked: leave out the mode, or the order")
    person = Person.now(context)
    asked = listing.understood(person, request)
    values = _values(person, asked)
    ranked = _ranked(person, asked, kind, values)
    notices = [*health(person), *asked.notices]
    if len(ranked) < request.count:
        fewest = f" (an album has {LEAST_SONGS} songs or more)" if kind == "album" else ""
        why = f"{fewest}{asked.scope.why(int(asked.scope.rows.sum()))}"
        notices.append(Notice("few-groups", {"count": len(ranked), "kind": kind, "why": why}))
    picks = _told(person, asked, kind, values, ranked)
    chips = () if asked.wish is None else asked.wish.chips
    return GroupRecommendations(person.scored.model, picks, tuple(notices), chips)


def _values(person: Person, asked: Understood) -> FloatArray:
    """Float32 [n]: what each song is worth to the request."""
    request = asked.request
    taste = np.float32(request.dials.taste) * person.scores
    if request.seeds:
        near = seed_rows.mean_nearness(person, request.seeds)
        unlike = seed_rows.unlike(person, request.unlike)
        near += np.float32(TASTE) * person.scores
        return near if unlike is None else near - unlike
    if asked.met is not None and asked.met.orders:
        return asked.met.fit + taste
    if asked.tagged is not None:
        return asked.tagged.fit + taste
    values = z_scores(person.scores)
    for pull in dials.pulls(person, request.dials):
        values += np.float32(LEANING * (pull.dial - 0.5)) * (pull.values - np.float32(0.5))
    return values


def _ranked(
    person: Person, asked: Understood, kind: GroupKind, values: FloatArray
) -> list[RankedGroup]:
    catalogue, history, request = person.catalogue, person.history, asked.request
    codes = catalogue.albums if kind == "album" else catalogue.artists
    counted = asked.scope.rows.copy()
    if kind == "artist":
        counted[version_choice.others(person, counted)] = False
    # What was disliked is never played, but it counts against what it is part of.
    counted[history.rows[history.values <= CLEARLY_DISLIKED]] = kind == "album"
    counted &= ~_of_seeds(person, request, codes)
    liked = np.zeros(len(catalogue), np.bool_)
    liked[history.rows[history.values >= CLEARLY_LIKED]] = True
    wanted = request.count + 5  # some turn out to be nobody's, or to have nothing to play
    ranked = rank_groups(
        codes, values, counted, wanted,
        least=LEAST_SONGS if kind == "album" else 1,
        best=BEST if kind == "artist" else None,
        liked=None if request.seeds or asked.met or asked.tagged else liked,
        familiar_every=dials.rules(person, request.dials).familiar_every,
        leads=catalogue.artists if kind == "album" else None,
    )  # fmt: skip
    playable = [g for g in ranked if asked.scope.rows[g.rows].any()]
    return [g for g in playable if kind == "album" or not _nobody(person, g)][: request.count]


def _of_seeds(person: Person, request: ListRequest, codes: IntArray) -> NDArray[np.bool_]:
    """Bool [n]: songs of the very albums, or artists, that are seeds."""
    if not request.seeds:
        return np.zeros(len(codes), np.bool_)
    rows = np.concatenate(seed_rows.seed_rows(person, request.seeds))
    own: NDArray[np.bool_] = np.isin(codes, codes[rows])
    return own


def _nobody(person: Person, group: RankedGroup) -> bool:
    track_id = int(person.catalogue.track_ids[group.rows[0]])
    track = person.context.store.tracks.by_id([track_id])[track_id]
    return is_nobody(track.lead or track.artist)


def _told(
    person: Person,
    asked: Understood,
    kind: GroupKind,
    values: FloatArray,
    ranked: Sequence[RankedGroup],
) -> tuple[GroupPick, ...]:
    """With their songs and why they are here."""
    rows = asked.scope.rows
    edge = float(np.quantile(values[rows], 1 - QUARTER)) if rows.any() else 0.0
    ids = person.catalogue.track_ids
    playing = [group.rows[rows[group.rows]] for group in ranked]
    every = ids[np.concatenate([group.rows for group in ranked])].tolist() if ranked else []
    tracks = person.context.store.tracks.by_id(every)
    picks = []
    for group, own in zip(ranked, playing, strict=True):
        best_first = [tracks[i] for i in ids[own].tolist()]
        reasons = [
            _standing(asked, kind, best_first, values[own] >= edge, len(group.rows)),
            *_opinions(person, group.rows),
            *_of_best(person, int(own[0]), best_first[0]),
        ]
        in_order = sorted(best_first, key=_place) if kind == "album" else best_first
        playable = tuple(where_it_is(person.context, track) for track in in_order)
        first = best_first[0]
        name = first.album if kind == "album" else first.lead or first.artist
        picks.append(GroupPick(
            kind, name, _by(kind, best_first), float(person.scores[group.rows].mean()),
            len(own), playable, tuple(reasons),
        ))  # fmt: skip
    return tuple(picks)


def _by(kind: GroupKind, tracks: Sequence[Track]) -> str:
    """Whose it is; empty where it is of several."""
    if kind == "artist":
        return tracks[0].lead or tracks[0].artist
    if tracks[0].album_artist and not is_nobody(tracks[0].album_artist):
        return tracks[0].album_artist
    artists = {track.lead or track.artist for track in tracks}
    return artists.pop() if len(artists) == 1 else ""


def _place(track: Track) -> tuple[int, int, str]:
    return track.disc_no or 0, track.track_no or 0, track.path


def _standing(
    asked: Understood, kind: GroupKind, tracks: Sequence[Track], among: NDArray[np.bool_], of: int
) -> Reason:
    """How many of its songs are among the best for the request; what ranked it, in words."""
    what = "suits you best"
    if asked.request.seeds:
        what = "lies nearest to your seeds"
    elif asked.tagged is not None or (asked.met is not None and asked.met.orders):
        what = "fits your words best"
    songs = f"its {of} songs" if kind == "album" else f"its {of} best songs"
    count = int(among.sum())
    part = "all of" if count == of else f"{count or 'none'} of"
    verb = "is" if count == 1 else "are"
    subject = f"{part} {songs} {verb}"
    if of == 1:
        subject = f"its one song is{'' if count else ' not'}"
    named = [t.title for t, best in zip(tracks, among, strict=True) if best][:NAMED]
    text = f"{subject} among the quarter that {what}"
    return Reason(f"{text}: {', '.join(named)}" if named else text, 0.0, kind)


def _opinions(person: Person, rows: IntArray) -> list[Reason]:
    """What was said of its songs."""
    history = person.history
    of_these = np.isin(history.rows, rows)
    meanings = {
        "liked": history.values >= CLEARLY_LIKED,
        "disliked": history.values <= CLEARLY_DISLIKED,
    }
    songs = {w: len(np.unique(history.rows[of_these & m])) for w, m in meanings.items()}
    return [
        Reason(f"you {word} {count} of its songs", 0.0, "feedback")
        for word, count in songs.items()
        if count
    ]


def _of_best(person: Person, row: int, track: Track) -> list[Reason]:
    """What speaks most for its best song."""
    (why,) = ForYouSource().reasons(person, [RankedRow(row, float(person.scores[row]), ())])
    best = next((reason for reason in why if reason.weight > 0), None)
    return [] if best is None else [Reason(f"{track.title}: {best.text}", best.weight, best.kind)]
