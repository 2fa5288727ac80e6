"""How much of a list is what was asked for: of musicrec, of ears alone, of tags alone, by chance.

Precision at 10 is given as its expectation where a ranking leaves ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.words.word_homes import Clip
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists import guards
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.scores import catalogue
from musicrec_core.errors import MusicRecError

DEPTH = 10
FEWEST = 8  # clips that a word must fit, to be asked for
LIKES = 5
SEEDS = 80
QUADRANTS = 4
LOTS = 500  # lists drawn by chance
Truth = NDArray[np.bool_]


@dataclass(frozen=True)
class World:
    """An open library of n clips.

    heard: by each mood and genre of the ears, float32 [n]. sound: float32 [n, E] of length one.
    tagged: by each tag in use, bool [n]. shown: bool [n], what the guards let through, which is
    what every way of answering a word chooses from.
    """

    musicrec: MusicRec
    clips: list[Clip]
    row_of: dict[str, int]
    heard: dict[str, NDArray[np.float32]]
    sound: NDArray[np.float32]
    tagged: dict[str, Truth]
    shown: Truth

    @classmethod
    def of(cls, musicrec: MusicRec, clips: list[Clip]) -> World:
        """Let the ears hear it first."""
        context = musicrec._context  # noqa: SLF001
        catalogue.embed_new(context)
        library = catalogue.load(context).catalogue
        tracks = context.store.tracks.by_id(library.track_ids.tolist())
        by_path = {clip.path: clip for clip in clips}
        ears = context.ears
        ids, made = context.store.analysis.heard(ears.version, ears.mood_names, ears.genre_names)
        at = np.searchsorted(ids, library.track_ids)
        names = (*ears.genre_names, *ears.mood_names)
        values = np.concatenate([made.genres, made.moods], axis=1)[at].T
        owner = np.repeat(np.arange(len(library)), np.diff(library.tag_starts))
        tagged = {}
        for code, name in enumerate(library.tag_names):
            tagged[name] = np.zeros(len(library), np.bool_)
            tagged[name][owner[library.tag_codes == code]] = True
        paths = [tracks[i].path for i in library.track_ids.tolist()]
        return cls(
            musicrec, [by_path[path] for path in paths], {p: i for i, p in enumerate(paths)},
            dict(zip(names, values, strict=True)), library.sound, tagged,
            guards.may_be_shown(Person.now(context), guards.GUARDS),
        )  # fmt: skip

    def listed(self, request: ListRequest) -> list[int]:
        """Rows of what musicrec answers with."""
        recommended = self.musicrec.lists.recommend(request)
        return [self.row_of[pick.track.path] for pick in recommended.picks]


def by_words(world: World) -> dict[str, dict[str, float]]:
    """By kind of word, the mean precision of each way; ears and tags where they know the word."""
    words = sorted({word for clip in world.clips for word in (*clip.genres, *clip.moods)})
    by_kind: dict[str, list[dict[str, float]]] = {"genres": [], "moods": [], "other moods": []}
    genres = {name for clip in world.clips for name in clip.genres}
    for word in words:
        fits = np.array([word in (*clip.genres, *clip.moods) for clip in world.clips])
        if fits.sum() >= FEWEST:
            kind = "genres" if word in genres else "moods" if word in world.heard else "other moods"
            if kind == "genres" and word not in world.heard:
                continue
            by_kind[kind].append(_of_word(world, word, fits))
    return {kind: _means(rows) for kind, rows in by_kind.items() if rows}


def _of_word(world: World, word: str, fits: Truth) -> dict[str, float]:
    try:
        listed = world.listed(ListRequest(DEPTH, tag=word))
    except MusicRecError:
        listed = []
    heard = world.heard.get(word)
    tagged = _tagged(world, word).astype(np.float32)
    shown = world.shown
    return {
        "musicrec": float(fits[listed].sum()) / DEPTH,
        "ears alone": np.nan if heard is None else expected(heard[shown], fits[shown]),
        "tags alone": expected(tagged[shown], fits[shown]),
        "chance": float(fits[shown].mean()),
    }


def _tagged(world: World, word: str) -> Truth:
    from musicrec_core.culture.hygiene import clean_tags

    has = np.ones(len(world.clips), np.bool_)
    for name in clean_tags([word]) or (word,):
        has &= world.tagged.get(name, np.zeros(len(has), np.bool_))
    return has


def by_seeds(world: World, seed: int) -> dict[str, dict[str, float]]:
    """Likeness of the ten nearest to a clip: in quadrant, and in genres (any in common)."""
    n = len(world.clips)
    rows = np.random.default_rng(seed).choice(n, min(SEEDS, n), replace=False)
    precision: dict[str, list[dict[str, float]]] = {"quadrant": [], "genre": []}
    by_tags = tag_cosines(world)
    for row in rows.tolist():
        clip, other = world.clips[row], np.arange(n) != row
        listed = world.listed(ListRequest(DEPTH, seeds=(clip.path,)))
        for what, fits in likeness(world.clips, [clip]).items():
            precision[what].append({
                "musicrec": float(fits[listed].sum()) / max(len(listed), 1),
                "ears alone": expected((world.sound @ world.sound[row])[other], fits[other]),
                "tags alone": expected(by_tags[row][other], fits[other]),
                "chance": float(fits[other].mean()),
            })  # fmt: skip
    return {what: _means(rows) for what, rows in precision.items()}


def likeness(clips: list[Clip], like: list[Clip]) -> dict[str, Truth]:
    """Bool [n]: which clips share the quadrant, or a genre, with any of some others."""
    quadrants = {clip.quadrant for clip in like}
    genres = {name for clip in like for name in clip.genres}
    return {
        "quadrant": np.array([clip.quadrant in quadrants for clip in clips]),
        "genre": np.array([bool(genres & set(clip.genres)) for clip in clips]),
    }


def by_likes(world: World, home_profiles: list[MusicRec], seed: int) -> dict[str, float]:
    """Share of a genre in the list after five likes of it, each genre by a person of its own."""
    random, rows = np.random.default_rng(seed), []
    by_tags = tag_cosines(world)
    for musicrec, (_, fits) in zip(home_profiles, genres_of(world), strict=True):
        likes = random.choice(np.flatnonzero(fits), LIKES, replace=False)
        for row in likes.tolist():
            musicrec.feedback.record(musicrec.library.find(world.clips[row].path), "like")
        picks = musicrec.lists.recommend(ListRequest(DEPTH)).picks
        listed = [world.row_of[pick.track.path] for pick in picks]
        rest = np.ones(len(fits), np.bool_)
        rest[likes] = False
        sound = (world.sound @ world.sound[likes].T).mean(axis=1)
        rows.append({
            "musicrec": float(fits[listed].mean()),
            "ears alone": expected(sound[rest], fits[rest]),
            "tags alone": expected(by_tags[likes].mean(axis=0)[rest], fits[rest]),
            "chance": float(fits[rest].mean()),
        })  # fmt: skip
    return _means(rows)


def by_first_list(world: World, people: list[MusicRec], seed: int) -> dict[str, dict[str, float]]:
    """How much of the library the first ten songs show, before anything was said.

    Share of all quadrants, genres and, of ten, artists; each person has another seed of the day.
    """
    random = np.random.default_rng(seed)
    lists = [
        [world.row_of[pick.track.path] for pick in person.lists.recommend(ListRequest(DEPTH)).picks]
        for person in people
    ]
    lots = [random.choice(len(world.clips), DEPTH, replace=False).tolist() for _ in range(LOTS)]
    shown, drawn = _shown_share(world, lists), _shown_share(world, lots)
    return {
        what: {
            "musicrec": shown[what],
            "ears alone": np.nan,
            "tags alone": np.nan,
            "chance": drawn[what],
        }
        for what in shown
    }


def _shown_share(world: World, lists: list[list[int]]) -> dict[str, float]:
    """The mean share of each kind that the lists show."""
    genres = {name for clip in world.clips for name in clip.genres}
    rows = []
    for listed in lists:
        clips = [world.clips[row] for row in listed]
        rows.append({
            "quadrants": len({clip.quadrant for clip in clips}) / QUADRANTS,
            "genres": len({name for clip in clips for name in clip.genres}) / len(genres),
            "artists": len({clip.artist for clip in clips}) / DEPTH,
        })  # fmt: skip
    return _means(rows)


def genres_of(world: World) -> list[tuple[str, Truth]]:
    """The genres that enough clips have, and which have them."""
    names = sorted({name for clip in world.clips for name in clip.genres})
    every = [(name, np.array([name in clip.genres for clip in world.clips])) for name in names]
    return [(name, fits) for name, fits in every if fits.sum() >= 2 * LIKES]


def tag_cosines(world: World) -> NDArray[np.float32]:
    """Float32 [n, n]: of the sets of tags, rarer ones counting more."""
    if not world.tagged:
        return np.zeros((len(world.clips),) * 2, np.float32)
    table = np.stack(list(world.tagged.values()), axis=1).astype(np.float32)
    table *= np.log((len(table) + 1) / (table.sum(axis=0) + 0.5))
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-6)
    cosines: NDArray[np.float32] = table @ table.T
    return cosines


def expected(value: NDArray[np.float32], fits: Truth) -> float:
    """Precision of the ten greatest; of values that tie at the end, the mean share."""
    edge = np.sort(value)[::-1][min(DEPTH, len(value)) - 1]
    above, level = value > edge, value == edge
    room = DEPTH - above.sum()
    return float(fits[above].sum() + room * fits[level].mean()) / DEPTH


def _means(rows: list[dict[str, float]]) -> dict[str, float]:
    return {
        way: float(np.nanmean(values)) if np.isfinite(values).any() else float("nan")
        for way in rows[0]
        if len(values := np.array([row[way] for row in rows]))
    }
