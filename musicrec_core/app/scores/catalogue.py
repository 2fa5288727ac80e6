"""The library as a recommender sees it, kept ready in the cache between commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.library import songs
from musicrec_core.app.scores.cache import FORMAT, Snapshot
from musicrec_core.recommender.data import FEATURED, MAIN, Catalogue
from musicrec_core.records import FloatArray, IntArray, SoundPredictions, Track

if TYPE_CHECKING:
    from musicrec_core.culture.extension import Placed

HEAR_BATCH = 5_000

# What reaches the taste model as plain numbers. Loudness is left out: it is a property of the
# mastering, and players level it away.
ATTRIBUTE_COLUMNS = (
    "tempo_bpm", "energy", "acousticness", "danceability", "instrumentalness",
    "brightness_hz", "dynamic_range_db",
)  # fmt: skip
_Others = dict[int, list[tuple[str, float]]]
"""By row, the artists but the leading one, each with its weight."""
COLUMN_NAMES = (*ATTRIBUTE_COLUMNS, "arousal", "valence", "year", "duration_s")


def embed_new(context: Context) -> int:
    """Let the ears hear every analysed track they have not heard yet; returns how many.

    Silence, whose vector is zero, is left out: there is nothing to hear.
    """
    ears, analysis = context.ears, context.store.analysis
    track_ids = analysis.unheard(ears.version, ears.feature_version)
    count = 0
    for start in range(0, len(track_ids), HEAR_BATCH):
        ids, vectors = analysis.vectors(track_ids[start : start + HEAR_BATCH], ears.feature_version)
        audible = vectors.any(axis=1)
        if audible.any():
            analysis.put_heard(ears.version, ids[audible], ears.hear(vectors[audible]))
            count += int(audible.sum())
    if count:
        with context.store.atomic():
            context.store.counters.touch()
    return count


def stamp(context: Context) -> str:
    """Changes whenever the catalogue would."""
    models = f"{context.ears_stamp()}|{context.fingerprint('culture.safetensors')}"
    return f"{FORMAT}|{context.store.counters.generation()}|{models}"


def load(context: Context) -> Snapshot:
    """The library as it is now, from the cache where that is still true."""
    wanted = stamp(context)
    if context.snapshot is not None and context.snapshot[0] == wanted:
        return context.snapshot[1]
    path = context.cache / "catalogue.arrays"
    snapshot = Snapshot.read(path, wanted)
    if snapshot is None:
        snapshot = build(context)
        snapshot.write(path, wanted)
        # As mapped, its memory can be given to others and is shared with other processes.
        snapshot = Snapshot.read(path, wanted) or snapshot
    context.snapshot = (wanted, snapshot)
    return snapshot


def build(context: Context) -> Snapshot:
    """Put it together from the store."""
    songs.describe_pending(context)
    tracks = list({t.id: t for t in context.store.tracks.present()}.values())
    track_ids = np.array([t.id for t in tracks], dtype=np.int64)
    heard_ids, heard = context.store.analysis.heard(
        context.ears.version, context.ears.mood_names, context.ears.genre_names
    )
    tags = _TagRows.of(context, tracks)
    leads = [t.lead or t.album_artist for t in tracks]
    others = _further_credits(context, track_ids, leads)
    names = [name for credited in others.values() for name, _ in credited]
    codes = _codes([*leads, *names])
    artists = codes[: len(leads)]
    credit_rows, weights = _weights(others)
    size = context.bundled_ears.embedding_size
    heard_as = _aligned(track_ids, heard_ids, heard.embeddings, context.ears.embedding_size)
    sound = _unit(heard_as[:, :size])
    placed = _placed(context, [t.lead for t in tracks], others, artists, tags, sound)
    catalogue = Catalogue(
        track_ids=track_ids,
        sound=sound,
        culture=placed.vectors,
        columns=_columns(context, tracks, track_ids, heard_ids, heard),
        column_names=COLUMN_NAMES,
        artists=artists,
        albums=_codes([_album(t) for t in tracks]),
        tag_codes=tags.codes,
        tag_starts=tags.starts,
        tag_names=tags.names,
        guessed=placed.by_sound,
        nearness=heard_as if heard_as.shape[1] > size else None,
        credit_rows=credit_rows,
        credit_codes=codes[len(leads) :],
        credit_weights=weights,
    )
    song_of = {track_id: song for track_id, song, _ in context.store.songs.song_rows()}
    return Snapshot.of(catalogue, _codes([song_of.get(t.id) or f"{t.id}" for t in tracks]))


def _further_credits(context: Context, track_ids: IntArray, leads: Sequence[str]) -> _Others:
    """By row, rising, the artists but the leading one, main ones 1 and guests less."""
    order = np.argsort(track_ids)
    rows = dict(zip(track_ids[order].tolist(), order.tolist(), strict=True))
    others: _Others = {}
    for track_id, name, role in context.store.songs.further_credits():
        row = rows.get(track_id)
        if row is not None and leads[row] and name.casefold() != leads[row].casefold():
            weight = MAIN if role == "main" else FEATURED
            others.setdefault(row, []).append((name, weight))
    return dict(sorted(others.items()))


def _weights(others: _Others) -> tuple[IntArray, FloatArray]:
    """The row and the weight of each, in a vector of length one with the leading artist."""
    rows = np.repeat(
        np.fromiter(others, np.int64, len(others)), [len(credited) for credited in others.values()]
    )
    weights = [
        weight / (MAIN**2 + sum(other**2 for _, other in credited)) ** 0.5
        for credited in others.values()
        for _, weight in credited
    ]
    return rows, np.array(weights, np.float32)


def _placed(
    context: Context,
    names: Sequence[str],
    others: _Others,
    artists: IntArray,
    tags: _TagRows,
    sound: FloatArray,
) -> Placed:
    """Where the map, as this library extends it, puts each track."""
    from musicrec_core.app.services.metadata import similar_artists
    from musicrec_core.culture import extension

    everyone = [*names, *(name for credited in others.values() for name, _ in credited)]
    unsure = extension.doubted(context.culture, list(dict.fromkeys(everyone)))
    tagged = extension.TaggedTracks(artists, tags.codes, tags.starts, tags.names)
    similar = similar_artists(context, unsure)
    return extension.place_tracks(
        context.culture, names, tags.weighted, similar, tagged, sound, others
    )


def _album(track: Track) -> str:
    return f"{track.album_artist or track.artist}\n{track.album}" if track.album else ""


def _columns(
    context: Context,
    tracks: Sequence[Track],
    ids: IntArray,
    heard_ids: IntArray,
    heard: SoundPredictions,
) -> FloatArray:
    """float32 [n, len(COLUMN_NAMES)]; NaN where unknown."""
    analysed_ids, attributes = context.store.analysis.numbers(ATTRIBUTE_COLUMNS)
    tags = [[_number(t.year), _number(t.duration_s)] for t in tracks]
    moods = np.stack([heard.arousal, heard.valence], axis=1)
    return np.concatenate(
        [
            _aligned(ids, analysed_ids, attributes, len(ATTRIBUTE_COLUMNS)),
            _aligned(ids, heard_ids, moods, 2),
            np.array(tags, dtype=np.float32).reshape(-1, 2),
        ],
        axis=1,
    )


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def _aligned(ids: IntArray, found_ids: IntArray, values: FloatArray, width: int) -> FloatArray:
    """Rows of `values` put where their id stands in `ids`, NaN elsewhere: float32 [n, width]."""
    aligned = np.full((len(ids), width), np.nan, dtype=np.float32)
    if len(found_ids):
        _, here, there = np.intersect1d(ids, found_ids, assume_unique=True, return_indices=True)
        aligned[here] = values[there]
    return aligned


def _unit(rows: FloatArray) -> FloatArray:
    """Rows of length one; NaN rows stay so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    unit: FloatArray = rows / np.maximum(lengths, np.float32(1e-6))
    return unit


def _codes(names: Sequence[str]) -> IntArray:
    """One code a folded name, -1 for an empty one."""
    codes: dict[str, int] = {}
    return np.array(
        [codes.setdefault(name.casefold(), len(codes)) if name else -1 for name in names],
        dtype=np.int64,
    )


@dataclass(frozen=True, slots=True)
class _TagRows:
    """The tags of n tracks as compressed rows."""

    weighted: list[dict[str, float]]
    codes: IntArray
    starts: IntArray
    names: tuple[str, ...]

    @classmethod
    def of(cls, context: Context, tracks: Sequence[Track]) -> _TagRows:
        from musicrec_core.app.services.metadata import TagSource

        source = TagSource.load(context)
        weighted = [source.weighted(track) for track in tracks]
        names: dict[str, int] = {}
        codes = [names.setdefault(tag, len(names)) for tags in weighted for tag in tags]
        starts = np.zeros(len(tracks) + 1, dtype=np.int64)
        starts[1:] = np.cumsum([len(tags) for tags in weighted])
        return cls(weighted, np.array(codes, dtype=np.int64), starts, tuple(names))
