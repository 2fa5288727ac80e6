"""The kinds of music in the library, or in a playlist, by number and by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.app import array_file
from musicrec_core.app.context import Context
from musicrec_core.app.scores import catalogue
from musicrec_core.errors import QueryError
from musicrec_core.folding import fold
from musicrec_core.records import Track

if TYPE_CHECKING:
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.recommender.insights import Clusters
    from musicrec_core.records import FloatArray, IntArray

FORMAT = 1
TYPICAL = 3
SPOKEN_FOR = 300
"""Typical songs by whose sound a group is named."""
GROWN = 2.0
"""Times as many songs, or as few, as when the centres were found: then they are found anew."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A kind of music. number: from 1; with the name, what the person calls it by.

    tags, sound, era: what sets it apart, the most telling first. share: of the songs that are in
    any. typical: labels of its most typical songs.
    """

    number: int
    name: str
    tags: tuple[str, ...]
    sound: tuple[str, ...]
    era: str | None
    songs: int
    share: float
    typical: tuple[str, ...]


@dataclass(frozen=True, slots=True, repr=False)
class LibraryClusters:
    """Those of a catalogue of n recordings; of: int64 [n], the number of each, 0 for none."""

    clusters: tuple[Cluster, ...]
    of: IntArray


def of_library(context: Context) -> LibraryClusters:
    """From the cache while the library is the same; a changed one keeps its centres."""
    library = catalogue.load(context).catalogue
    path, stamp = context.cache / "clusters.arrays", f"{FORMAT}|{catalogue.stamp(context)}"
    kept = array_file.read(path, stamp)
    if kept is None:
        made = _named(context, library, _centres(context, library))
        notes = {"clusters": [asdict(cluster) for cluster in made.clusters]}
        array_file.write(path, stamp, {"of": made.of.astype(np.int16)}, notes)
        return made
    arrays, notes = kept
    return LibraryClusters(
        tuple(_cluster(note) for note in notes["clusters"]), arrays["of"].astype(np.int64)
    )


def of_tracks(context: Context, tracks: Sequence[Track]) -> tuple[Cluster, ...]:
    """Those of some songs alone, by what sets each apart from the rest of them."""
    from musicrec_core.recommender.data import subset
    from musicrec_core.recommender.insights import cluster_centres

    library = catalogue.load(context).catalogue
    part = subset(library, library.rows_of(track.id for track in tracks))
    return _named(context, part, cluster_centres(part)).clusters


def one(context: Context, name: str) -> Cluster:
    """The one of a number or a name; QueryError where there is none."""
    return _find(of_library(context).clusters, name)


def tracks_of(context: Context, name: str) -> list[Track]:
    """The songs of the one of a number or a name; QueryError where there is none."""
    kinds = of_library(context)
    cluster = _find(kinds.clusters, name)
    library = catalogue.load(context).catalogue
    ids = library.track_ids[kinds.of == cluster.number].tolist()
    tracks = context.store.tracks.by_id(ids)
    return [tracks[track_id] for track_id in ids if track_id in tracks]


def _find(clusters: Sequence[Cluster], name: str) -> Cluster:
    """By number, by whole name, or by the words of only one."""
    wanted = fold(name)
    exact = [c for c in clusters if name.strip() == str(c.number) or wanted == fold(c.name)]
    if exact:
        return exact[0]
    words = set(wanted.split())
    some = [c for c in clusters if words and words <= set(fold(c.name).split())]
    if len(some) == 1:
        return some[0]
    lines = tuple(f"{c.number}  {c.name}" for c in some or clusters)
    if not clusters:
        raise QueryError("the library has no clusters yet: too few songs were listened to")
    means = f"means {len(some)} clusters" if some else "is no cluster"
    raise QueryError(f"{name!r} {means}; these are", lines)


def _centres(context: Context, library: Catalogue) -> FloatArray:
    """Kept ones while ears and map are the same and the library is of about the same size."""
    from musicrec_core.recommender.insights import cluster_centres

    path = context.cache / "cluster-centres.arrays"
    stamp = f"{FORMAT}|{context.ears_stamp()}|{context.fingerprint('culture.safetensors')}"
    kept = array_file.read(path, stamp)
    if kept is not None:
        songs = kept[1]["songs"]
        if songs / GROWN <= len(library) <= songs * GROWN:
            return kept[0]["centres"]
    middles = cluster_centres(library)
    array_file.write(path, stamp, {"centres": middles}, {"songs": len(library)})
    return middles


def _named(context: Context, library: Catalogue, middles: FloatArray) -> LibraryClusters:
    from musicrec_core.recommender.insights import assigned

    groups = assigned(library, middles)
    sizes = np.bincount(groups.of[groups.of >= 0], minlength=len(middles))
    made = [
        _described(context, library, groups, k, int(sizes[k]) / int(sizes.sum()))
        for k in range(len(middles))
        if sizes[k]
    ]
    return LibraryClusters(_told_apart(made), groups.of + 1)


def _described(
    context: Context, library: Catalogue, groups: Clusters, k: int, share: float
) -> Cluster:
    from musicrec_core.recommender.insights import telling_decade, telling_numbers, telling_tags

    rows = groups.rows(k)
    genres, moods = _heard(context, library, rows[:SPOKEN_FOR])
    tags = telling_tags(library, rows) or genres
    numbers = telling_numbers(library, rows)
    sound = tuple(dict.fromkeys((*numbers[:1], *moods[:1], *numbers[1:], *moods[1:])))
    tracks = context.store.tracks.by_id(library.track_ids[rows[:TYPICAL]].tolist())
    typical = tuple(tracks[i].label for i in library.track_ids[rows[:TYPICAL]].tolist())
    era = telling_decade(library, rows)
    return Cluster(k + 1, "", tags, sound, era, len(rows), share, typical)


def _heard(
    context: Context, library: Catalogue, rows: IntArray
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The genre and the moods that stand out in the sound."""
    from musicrec_core.app.describe.heard import HeardWords

    heard = HeardWords.of(context, library, rows)
    genres = tuple(claim.text for claim in heard.genre_claims())
    return genres, tuple(claim.text for claim in heard.mood_claims())


def _told_apart(clusters: Sequence[Cluster]) -> tuple[Cluster, ...]:
    """The same, each with a name of its own: a word or two, and more where two would share it."""
    sizes = ((1, 1), (1, 2), (2, 2), (2, 3), (3, 4), (4, 9))
    names = [_name(cluster, 1, 1) for cluster in clusters]
    for sounds, tags in sizes:
        often = Counter(names)
        names = [
            _name(cluster, sounds, tags) if often[name] > 1 else name
            for cluster, name in zip(clusters, names, strict=True)
        ]
    often = Counter(names)
    return tuple(
        replace(cluster, name=f"{name} {cluster.number}" if often[name] > 1 else name)
        for cluster, name in zip(clusters, names, strict=True)
    )


def _name(cluster: Cluster, sounds: int, tags: int) -> str:
    """Such as "slow, acoustic folk, 1970s"."""
    what = " and ".join(cluster.tags[:tags]) or "music"
    words = [word for word in cluster.sound[:sounds] if word not in cluster.tags[:tags]]
    name = f"{', '.join(words)} {what}" if words else what
    if cluster.era and (sounds > 1 or not words):
        name = f"{name}, {cluster.era}"
    return "mixed music" if name == "music" else name


def _cluster(note: Mapping[str, Any]) -> Cluster:
    lists = {name: tuple(note[name]) for name in ("tags", "sound", "typical")}
    return Cluster(**{**note, **lists})
