"""Train the bundled taste network on many people's listening, so that it helps after three likes.

    python -m training.train_taste --listening DIR --music DIR --out models

`--prior-only` learns anew what many people like, by tag and by sound, and leaves the network and
its directions: to be done whenever the ears in `models` change.

People are kept apart: 80 % train, 20 % are left for benchmarks. Of those who train, 65 % (of all)
make the world: they are split in folds, and each is shown the world that the other folds make.
The other 15 % are shown the world of all 65 %; the recipe was chosen with their sessions held out.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.culture.map import CultureMap
from musicrec_core.recommender.features.blocks import INPUT_GROUPS, INPUT_NAMES
from musicrec_core.recommender.features.prior import Prior, card_checksum
from musicrec_core.recommender.features.prior import load as load_prior
from musicrec_core.recommender.features.user import relational_inputs
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.taste.forward import Shape, TasteNet
from training import (
    culture_data,
    listener_data,
    session_fit,
    taste_data,
    taste_directions,
    taste_worlds,
)
from training.taste_data import Setting
from training.taste_worlds import World, world_of

if TYPE_CHECKING:
    from musicrec_core.recommender.features.directions import Directions
    from musicrec_core.records import FloatArray, IntArray
    from training.culture_data import Listening
    from training.taste_directions import Place

RECIPE = session_fit.Recipe(Shape(bins=24, embedding=3, hidden=(48,), members=8, dropout=0.0))
PARTS = 4  # of the people, each read by the directions that the others teach
FOLDS = 8  # the more, the nearer each training world is to the one that all people make
_ALONE = 3.0  # what a row counts that only sound tells of: a tenth, and all that some users have
_LIKES = (0, 1, 2, 3, 3, 5, 5, 8, 10, 15, 20, 30, 30)
_SOURCES = {"sound": 0.6, "culture": 0.75, "tags": 0.75, "era": 0.5, "character": 0.4, "artist": 1}


@dataclass(frozen=True, slots=True, repr=False)
class Rows:
    """Inputs [m, K], labels [m], and the person and session [m] that each row belongs to.

    places: one a session, where it lies on the map.
    """

    inputs: FloatArray
    labels: FloatArray
    people: IntArray
    sessions: IntArray
    places: tuple[Place | None, ...] = ()

    @classmethod
    def joined(cls, parts: list[Rows]) -> Rows:
        """All of several; sessions are counted on from one to the next."""
        before = np.cumsum([0, *(p.sessions[-1] + 1 for p in parts[:-1])])
        return cls(
            np.concatenate([p.inputs for p in parts]),
            np.concatenate([p.labels for p in parts]),
            np.concatenate([p.people for p in parts]),
            np.concatenate([p.sessions + n for p, n in zip(parts, before, strict=True)]),
            tuple(place for p in parts for place in p.places),
        )


def random_setting(rng: np.random.Generator) -> Setting:
    """How much is known, from which sources, in how large a library: anything users bring."""
    likes = int(rng.choice(_LIKES))
    most = max(3, int(1.5 * likes))
    copies = int(rng.choice((1, 1, 3)))
    sources = {name for name, share in _SOURCES.items() if rng.random() < share}
    # What many like helps where little else is known; beside culture it has a dial of its own.
    alike = likes > 0 and bool(sources & {"culture", "tags"})
    return Setting(
        likes=likes,
        dislikes=int(rng.integers(1, most + 1)) if rng.random() < 0.5 else 0,
        sources=frozenset(sources if sources & {"sound", "culture", "tags"} else {"sound"}),
        library=int(np.exp(rng.uniform(np.log(200), np.log(2500)))) // (1 if copies == 1 else 2),
        tracks_an_artist=copies,
        noise=float(rng.uniform(0.4, 1.6)),
        matched=alike or bool(likes > 0 and rng.random() < 0.5),
        unmapped=float(rng.choice([0.0, rng.random(), 1.0], p=[0.4, 0.25, 0.35])),
        enriched=bool(rng.random() < 0.6),
    )


def rows_of(data: Listening, world: World, people: IntArray, per_person: int, seed: int) -> Rows:
    """Rows of `per_person` random sessions of each person."""
    rng = np.random.default_rng(seed)
    parts = []
    for person in people:
        for _ in range(per_person):
            made = taste_data.session(data, world, int(person), random_setting(rng),
                                      int(rng.integers(1 << 30)))  # fmt: skip
            if made is not None:
                inputs = relational_inputs(
                    made.catalogue, made.history, made.candidates, prior=made.prior
                )
                owner, session = np.full(len(made.labels), person), np.zeros(len(made.labels), int)
                place = taste_directions.Place.of(made)
                parts.append(Rows(inputs.matrix, made.labels, owner, session, (place,)))
    return Rows.joined(parts)


def training_rows(
    data: Listening, people: tuple[IntArray, IntArray], per_person: int, seed: int
) -> tuple[Rows, World]:
    """Rows of learners and judges, and the world that all learners make, with its directions.

    All worlds are turned to that one, so that a direction means the same in each.
    """
    learners, judges = people
    world = world_of(data, learners, seed)
    parts = []
    for i, fold in enumerate(taste_data.folds(learners, FOLDS, seed)):
        rest = world_of(data, np.setdiff1d(learners, fold), seed + i)
        rest = taste_worlds.turned(rest, taste_worlds.basis_to(rest, world))
        parts.append(rows_of(data, rest, fold, per_person, seed + i))
        print(f"fold {i + 1}: {len(parts[-1].labels)} rows in a world of {len(rest.artists)}")
    parts.append(rows_of(data, world, judges, per_person, seed + 99))
    return with_directions(Rows.joined(parts), world, seed)


def with_directions(rows: Rows, world: World, seed: int) -> tuple[Rows, World]:
    """Teach the directions; what the rows say of them comes from other people's alone."""
    first = np.searchsorted(rows.sessions, np.arange(len(rows.places) + 1))
    people = rows.people[first[:-1]]
    taught, along = taste_directions.crossed(rows.places, people, PARTS, seed)
    inputs = rows.inputs.copy()
    for start, stop, along_rows in zip(first[:-1], first[1:], along, strict=True):
        inputs[start:stop, INPUT_NAMES.index("culture_learned")] = (
            0 if along_rows is None else along_rows
        )
    prior = replace(world.prior, directions=taught)
    return replace(rows, inputs=inputs, places=()), replace(world, prior=prior)


def train(rows: Rows, seed: int, recipe: session_fit.Recipe = RECIPE) -> TasteNet:
    """The network that these people's rows make."""
    absent = rows.inputs[:, [INPUT_NAMES.index(f"{name}_absent") for name in ("culture", "tags")]]
    weights = np.where(absent.all(axis=1), _ALONE, 1.0).astype(np.float32)
    weights /= weights.mean()
    # Tags of artists say what the map of artists says, so what likes agree on is not learned here.
    carried, apart = INPUT_NAMES.index("culture_learned"), [INPUT_NAMES.index("tags_agreed")]
    block = session_fit.fit(
        rows.inputs, rows.labels, rows.sessions, weights, recipe, seed, carried, apart
    )
    return TasteNet(INPUT_NAMES, INPUT_GROUPS, (block,))


def with_sound(prior: Prior, music: Path, models: Path, cache: Path | None) -> Prior:
    """The prior, and what listeners liked in the embedding of the ears in `models`."""
    clips = listener_data.load(music, models / "ears", cache)
    checksum = card_checksum(models / "ears.json")
    return replace(prior, sound=listener_data.liked_direction(clips), ears=checksum)


def on_bundled_map(data: Listening, world: World, models: Path) -> Directions | None:
    """The directions of a world in the basis of the culture map in `models`."""
    if world.prior.directions is None:
        return None
    places = CultureMap.load(models / "culture.safetensors")
    weighted = [{world.tag_names[tag]: 1.0 for tag in tags} for tags in world.tags]
    there = places.track_vectors([data.artist_names[a] for a in world.artists], weighted)
    basis = taste_worlds.rotation(world.culture, there)
    near = np.nansum((world.culture @ basis) * there, axis=1).mean()
    print(f"turned to the bundled map, artists are {near:.3f} from themselves by cosine")
    return world.prior.directions.turned(basis, card_checksum(models / "culture.json"))


def main() -> None:
    """Train, and write `taste.safetensors`, `taste.json` and `taste_prior.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listening", type=Path, required=True)
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cache", type=Path, help="folder for extracted features")
    parser.add_argument("--per-person", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--prior-only", action="store_true")
    args = parser.parse_args()
    data = culture_data.load(args.listening)
    learners, judges, _ = culture_data.split_listeners(data.plays.shape[0], args.seed)
    out = args.out / "taste_prior.json"
    if args.prior_only:
        prior = world_of(data, learners, args.seed).prior
        prior = replace(prior, directions=load_prior(out).directions)
        with_sound(prior, args.music, args.out, args.cache).save(out)
        return
    rows, world = training_rows(data, (learners, judges), args.per_person, args.seed)
    prior = replace(world.prior, directions=on_bundled_map(data, world, args.out))
    with_sound(prior, args.music, args.out, args.cache).save(out)
    people = len(learners) + len(judges)
    meta = {"data": "HetRec 2011 Last.fm", "people": people, "rows": len(rows.labels)}
    checkpoint.save(train(rows, args.seed), args.out / "taste.safetensors", meta)


if __name__ == "__main__":
    main()
