"""Opinions belong to songs: to a recording, and to every other recording of the same song.

Of the same song are recordings of one artist key and title key, of the same version (a remaster
counts as plain) and of nearly the same length, unless they clearly sound unlike: sound may veto,
it never ties. What was said last counts, by the order in which it arrived.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.feedback_kinds import MIDDLE_STARS, OPINIONS
from musicrec_core.records import Feedback
from musicrec_core.songs import same_version

if TYPE_CHECKING:
    from musicrec_core.app.context import Context
    from musicrec_core.store.library.songs import Recording

LENGTH_SLACK_S = 3.0
LENGTH_SLACK_SHARE = 0.02
CLEARLY_UNLIKE = 0.8
"""Cosine of two embeddings below which one artist's recordings of one title are two songs. Copies
through codecs lie above 0.95, other songs below 0.6 (benchmarks/songs/sound_veto.py)."""


@dataclass(frozen=True, slots=True)
class SongFeedback:
    """Events in force, oldest first, and whose recordings they speak of besides their own."""

    events: tuple[Feedback, ...]
    others: Mapping[int, tuple[int, ...]]
    """By track id, the other recordings of that song, for each track that ever had an event."""
    opinions: Mapping[int, Feedback]
    """The like or dislike in force, by the id of every track that it speaks of."""
    ratings: Mapping[int, Feedback]
    """The rating in force, likewise."""

    def of(self, track_id: int) -> tuple[Feedback, ...]:
        """The opinions in force about a track, given on whichever recording of its song."""
        both = (self.opinions.get(track_id), self.ratings.get(track_id))
        return tuple(event for event in both if event)


def in_force(context: Context) -> SongFeedback:
    """What this person said and did, by song; kept while neither changes."""
    store = context.store
    stamp = (store.feedback.last_id(context.profile), store.counters.generation())
    cached = context.song_feedback
    if cached is None or cached[0] != stamp:
        events = store.feedback.in_force(context.profile)
        others = dict(cached[1].others) if cached and cached[0][1] == stamp[1] else {}
        asked = {e.track_id for e in events} - others.keys()
        others |= {**dict.fromkeys(asked, ()), **recordings(context, asked)}
        cached = context.song_feedback = (stamp, by_song(events, others))
    return cached[1]


def by_song(events: Sequence[Feedback], others: Mapping[int, tuple[int, ...]]) -> SongFeedback:
    """Of opinions about one song the one that arrived last counts; plays and skips add up.

    A rating stands beside a like or dislike that it does not contradict.
    """
    verdicts: dict[bool, dict[int, Feedback]] = {True: {}, False: {}}
    for event in sorted(events, key=lambda e: e.id):
        if event.kind in OPINIONS:
            is_rating = event.kind == "rating"
            spoken_of = (event.track_id, *others.get(event.track_id, ()))
            verdicts[is_rating].update(dict.fromkeys(spoken_of, event))
            for track_id in spoken_of:
                earlier = verdicts[not is_rating].get(track_id)
                if earlier is not None and _contradict(event, earlier):
                    del verdicts[not is_rating][track_id]
    stands = {e.id for verdict in verdicts.values() for e in verdict.values()}
    in_force = tuple(e for e in events if e.kind not in OPINIONS or e.id in stands)
    return SongFeedback(in_force, others, verdicts[False], verdicts[True])


def _contradict(rating: Feedback, verdict: Feedback) -> bool:
    """Whether one of two opinions speaks for a song and the other against it."""
    if verdict.kind == "rating":
        rating, verdict = verdict, rating
    stars = MIDDLE_STARS if rating.value is None else rating.value
    return (stars - MIDDLE_STARS) * (1 if verdict.kind == "like" else -1) < 0


def recordings(context: Context, track_ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """By track id, the other recordings of its song, where there are any."""
    songs = context.store.songs
    alike = songs.alike(songs.of_several(sorted(track_ids)))
    near = {track_id: _near(track_id, group) for track_id, group in alike.items()}
    near = {track_id: others for track_id, others in near.items() if others}
    if not near:
        return {}
    sounds = _sounds(context, {*near, *(o for others in near.values() for o in others)})
    return {
        track_id: same_song
        for track_id, others in near.items()
        if (same_song := tuple(o for o in others if not _vetoed(sounds, track_id, o)))
    }


def _near(track_id: int, group: Sequence[Recording]) -> tuple[int, ...]:
    """Those of a group whose version and length agree with one of the track's own files."""
    own = [r for r in group if r.track_id == track_id]
    near = (
        r.track_id
        for r in group
        if r.track_id != track_id
        and any(
            same_version(r.versions, mine.versions) and _near_length(r.duration_s, mine.duration_s)
            for mine in own
        )
    )
    return tuple(dict.fromkeys(near))


def _near_length(one_s: float | None, other_s: float | None) -> bool:
    """Whether two lengths agree; one that is unknown speaks against nothing."""
    if one_s is None or other_s is None:
        return True
    slack_s = max(LENGTH_SLACK_S, LENGTH_SLACK_SHARE * max(one_s, other_s))
    return abs(one_s - other_s) <= slack_s


def _sounds(context: Context, track_ids: set[int]) -> dict[int, Sequence[float]]:
    return context.store.analysis.embeddings(sorted(track_ids))


def _vetoed(sounds: Mapping[int, Sequence[float]], one: int, other: int) -> bool:
    a, b = sounds.get(one), sounds.get(other)
    if a is None or b is None or len(a) != len(b):
        return False
    dot = sum(x * y for x, y in zip(a, b, strict=True))
    size = (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5
    return bool(size > 0 and dot < CLEARLY_UNLIKE * size)
