"""People's listening as the product sees it: one library, a short history, what they liked next.

From HetRec 2011 Last.fm (see `culture_data`). Traps avoided: tags, popularity and vectors of a
person's world come from other people only; negatives are as popular as the positives they stand
beside, and shuffled among them; nothing but the history tells the person's taste.

An artist stands for a few pseudo-tracks that share its tags and, up to noise, its vectors, so
that the record of an artist can be learned. The sound of a track is a random, noisy
projection of half of the taggings, for the data hold no audio.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.features.prior import Prior
from training.culture_data import Listening
from training.taste_worlds import DIMENSIONS, World, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True, repr=False)
class Session:
    """One person at one moment: library, history, and candidates with labels 1 and 0.

    owners: int64 [n], for each row of the catalogue the position of its artist in the world.
    """

    person: int
    catalogue: Catalogue
    history: History
    candidates: IntArray
    labels: FloatArray
    prior: Prior
    owners: IntArray


@dataclass(frozen=True, slots=True)
class Setting:
    """What a session is to look like. Sources that are not named are absent.

    unmapped: share of the artists whom the map does not know. enriched: whether many tags, with
    weights, are known of these, or only a few genres.
    """

    likes: int
    dislikes: int = 0
    sources: frozenset[str] = frozenset({"culture", "tags"})
    library: int = 2500
    tracks_an_artist: int = 1
    noise: float = 0.7
    matched: bool = True
    unmapped: float = 0.0
    enriched: bool = True
    candidates: int = 20


def session(
    data: Listening, world: World, person: int, setting: Setting, seed: int
) -> Session | None:
    """A session of one person; None when the person played too few artists of this world."""
    rng = np.random.default_rng((seed, person))
    place = np.full(len(data.artist_names), -1)
    place[world.artists] = np.arange(len(world.artists))
    played = place[data.plays[person].indices]
    played = rng.permutation(played[played >= 0])
    if len(played) < setting.likes + 5:
        return None
    liked, goal = played[: setting.likes], played[setting.likes :][: setting.candidates]
    unplayed = np.setdiff1d(np.arange(len(world.artists)), played)
    foils = _foils(world, goal, unplayed, setting.matched, rng)
    spare = np.setdiff1d(unplayed, foils)
    model = rng.choice(played, setting.dislikes)
    disliked = _foils(world, model, spare, setting.matched, rng) if setting.dislikes else spare[:0]
    chosen = np.unique(np.concatenate([liked, goal, foils, disliked]))
    rest = np.setdiff1d(np.arange(len(world.artists)), chosen)
    more = rng.choice(rest, min(len(rest), max(0, setting.library - len(chosen))), replace=False)
    library = np.concatenate([chosen, more])
    return _assembled(world, person, setting, rng, library, (liked, disliked, goal, foils))


def _foils(
    world: World, goal: IntArray, unplayed: IntArray, matched: bool, rng: np.random.Generator
) -> IntArray:
    """An unplayed artist for each of `goal`, about as popular when `matched`, each once."""
    if not matched:
        return rng.choice(unplayed, min(len(goal), len(unplayed)), replace=False)
    noisy = np.log(world.listeners[unplayed]) + rng.normal(0, 0.05, len(unplayed))
    order = np.argsort(noisy)
    free = np.ones(len(order), bool)
    foils = []
    for want in np.log(world.listeners[goal]) + rng.normal(0, 0.05, len(goal)):
        at = int(np.searchsorted(noisy[order], want))
        near = np.arange(max(0, at - 15), min(len(order), at + 15))
        near = near[free[near]]
        if len(near):
            pick = int(rng.choice(near))
            free[pick] = False
            foils.append(unplayed[order[pick]])
    return np.array(foils, np.int64)


def _assembled(
    world: World,
    person: int,
    setting: Setting,
    rng: np.random.Generator,
    library: IntArray,
    parts: tuple[IntArray, IntArray, IntArray, IntArray],
) -> Session:
    """Artists to tracks: rows of the library, history and candidates among them, shuffled."""
    _, _, goal, foils = parts
    copies = setting.tracks_an_artist
    owner = np.repeat(library, copies)
    row_of = {int(a): i * copies for i, a in enumerate(library)}
    first = {name: np.array([row_of[int(a)] for a in part], np.int64) for name, part in
             zip(("liked", "disliked", "goal", "foils"), parts, strict=True)}  # fmt: skip
    candidates = np.concatenate([first["goal"], first["foils"]])
    labels = np.concatenate([np.ones(len(goal)), np.zeros(len(foils))])
    if copies > 1:
        extra, extra_labels = _second_tracks(first["liked"], first["disliked"], rng)
        candidates = np.concatenate([candidates, extra])
        labels = np.concatenate([labels, extra_labels])
    order = rng.permutation(len(candidates))
    catalogue = _catalogue(world, owner, setting, rng)
    return Session(
        person, catalogue, _history(first["liked"], first["disliked"], copies, rng),
        candidates[order], labels[order].astype(np.float32),
        _prior(world, owner, catalogue),
        owner,
    )  # fmt: skip


def _second_tracks(
    liked: IntArray, disliked: IntArray, rng: np.random.Generator
) -> tuple[IntArray, FloatArray]:
    """Another track of a few artists of the history.

    A liked artist's is liked in 4 of 5 cases, a disliked one's disliked in 9 of 10.
    """
    rows = np.concatenate([rng.permutation(liked)[:5], rng.permutation(disliked)[:5]]) + 1
    fared = np.repeat([1.0, 0.0], [min(5, len(liked)), min(5, len(disliked))])
    turned = rng.random(len(rows)) < np.where(fared > 0, 0.2, 0.1)
    return rows, np.where(turned, 1 - fared, fared)


def _history(liked: IntArray, disliked: IntArray, copies: int, rng: np.random.Generator) -> History:
    """Full likes and dislikes; with several tracks an artist, a third one sometimes too."""
    if copies > 2:
        liked = np.concatenate([liked, liked[rng.random(len(liked)) < 0.4] + 2])
        disliked = np.concatenate([disliked, disliked[rng.random(len(disliked)) < 0.4] + 2])
    rows = np.concatenate([liked, disliked])
    values = np.concatenate([np.ones(len(liked)), -np.ones(len(disliked))]).astype(np.float32)
    none = np.full(len(rows), np.nan, np.float32)
    return History(rows, values, none, np.zeros(len(rows), np.float32))


def _catalogue(
    world: World, owner: IntArray, setting: Setting, rng: np.random.Generator
) -> Catalogue:
    n = len(owner)
    sources = setting.sources
    heard = nothing = np.full((n, DIMENSIONS), np.nan, np.float32)
    if sources & {"sound", "character"}:
        heard = _heard(world, owner, setting.noise, rng)
    columns = np.full((n, 5), np.nan, np.float32)
    if "character" in sources:
        columns[:, :4] = heard[:, :4]
    if "era" in sources:
        columns[:, 4] = world.years[owner]
    if "sound" in sources and rng.random() < 0.2:
        heard[rng.random(n) < 0.3] = np.nan
    culture = np.full((n, world.culture.shape[1]), np.nan, np.float32)
    if "culture" in sources:
        unmapped = (rng.random(len(world.artists)) < setting.unmapped)[owner]
        by_tags = world.by_tags if setting.enriched else world.by_genres
        culture = np.where(unmapped[:, None], by_tags[owner], world.culture[owner])
    several = setting.tracks_an_artist > 1 and "artist" in sources
    tags = [world.tags[a] if "tags" in sources else world.tags[a][:0] for a in owner]
    starts = np.concatenate([[0], np.cumsum([len(t) for t in tags])])
    return Catalogue(
        np.arange(n),
        heard if "sound" in sources else nothing,
        culture,
        columns,
        ("a", "b", "c", "d", "year"),
        owner if several else np.full(n, -1),
        np.arange(n) // 2 if several else np.full(n, -1),
        np.concatenate(tags) if len(tags) else np.empty(0, np.int64),
        starts,
        world.tag_names,
    )


def _heard(world: World, owner: IntArray, noise: float, rng: np.random.Generator) -> FloatArray:
    """Float32 [n, 64]: a random rotation of the second view, tracks of an artist apart."""
    turn = np.linalg.qr(rng.normal(size=(DIMENSIONS, DIMENSIONS)))[0]
    artists = world.hearing + _noise(rng, world.hearing.shape, noise / 8)
    tracks = artists[owner] + _noise(rng, (len(owner), DIMENSIONS), noise / 12)
    return unit(tracks @ turn.astype(np.float32))


def _noise(rng: np.random.Generator, shape: tuple[int, ...], spread: float) -> FloatArray:
    return rng.standard_normal(shape, np.float32) * np.float32(spread)


def _prior(world: World, owner: IntArray, catalogue: Catalogue) -> Prior:
    """The world's prior, and the direction of this sound in which popularity grows."""
    measured = np.isfinite(catalogue.sound[:, 0])
    if not measured.any():
        return world.prior
    fame = np.log1p(world.listeners[owner][measured])
    heard = catalogue.sound[measured].astype(np.float64)
    gram = heard.T @ heard + 5 * np.eye(DIMENSIONS)
    direction = np.linalg.solve(gram, heard.T @ (fame - fame.mean()))
    return replace(world.prior, sound=direction.astype(np.float32))


def folds(people: IntArray, count: int, seed: int) -> list[NDArray[np.int64]]:
    """The people in `count` groups at random."""
    return np.array_split(np.random.default_rng(seed).permutation(people), count)
