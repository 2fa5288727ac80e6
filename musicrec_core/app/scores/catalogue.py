"""The library as a recommender sees it, kept ready in the cache between commands."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app import array_file
from musicrec_core.app.context import Context
from musicrec_core.app.scores import songs
from musicrec_core.app.scores.albums import album_codes
from musicrec_core.app.scores.cache import FORMAT, Snapshot
from musicrec_core.app.scores.fact_reader import COLUMN_NAMES
from musicrec_core.app.scores.facts import KeptFacts, LibraryFacts, in_memory, numbered
from musicrec_core.errors import StoreError
from musicrec_core.recommender.data import FEATURED, MAIN, Catalogue
from musicrec_core.records import FloatArray, IntArray

if TYPE_CHECKING:
    from pathlib import Path

    from musicrec_core.app.scores.facts import Room
    from musicrec_core.culture.extension import Placed
    from musicrec_core.culture.own_words import TaggedTracks

HEAR_BATCH = 5_000
_Others = dict[int, list[tuple[str, float]]]
"""By row, the artists but the leading one, each with its weight."""


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
    """Changes whenever the catalogue would; what grows by tracks comes last."""
    models = f"{context.ears_stamp()}|{context.fingerprint('culture.safetensors')}"
    return f"{FORMAT}|{models}|{context.store.counters.generation()}"


def load(context: Context) -> Snapshot:
    """The library as it is now, from the cache where that is still true."""
    wanted = stamp(context)
    if context.snapshot is not None and context.snapshot[0] == wanted:
        return context.snapshot[1]
    path = context.cache / "catalogue.arrays"
    snapshot = Snapshot.read(path, wanted)
    if snapshot is None:
        with suppress(OSError):
            _keep(context, path, wanted)
        # As mapped, its memory can be given to others and is shared with other processes.
        snapshot = Snapshot.read(path, wanted) or build(context)
    context.snapshot = (wanted, snapshot)
    return snapshot


def build(context: Context) -> Snapshot:
    """Put it together from the store, in memory."""
    songs.describe_pending(context)
    return _put_together(context, LibraryFacts.of(context, in_memory, None), in_memory)


def _put_together(context: Context, facts: LibraryFacts, room: Room) -> Snapshot:
    """The catalogue of all tracks. room: where its large arrays are to lie."""
    others = _further_credits(context, facts)
    further = [name for credited in others.values() for name, _ in credited]
    folded = _folded(facts, further)
    artists = folded[: len(facts.track_ids)]
    credit_rows, weights = _weights(others)
    tag_codes, tag_starts, tag_names = _tags(facts)
    placed = _placed(
        context, facts, others, _tagged(artists, tag_codes, tag_starts, tag_names), room
    )
    nearness = facts.arrays["nearness"]
    catalogue = Catalogue(
        track_ids=facts.track_ids,
        sound=facts.arrays["sound"],
        culture=placed.vectors,
        columns=facts.arrays["columns_by_name"].T,
        column_names=COLUMN_NAMES,
        artists=artists,
        albums=album_codes(facts.arrays["album_texts"], facts.texts.values),
        tag_codes=tag_codes,
        tag_starts=tag_starts,
        tag_names=tag_names,
        guessed=placed.by_sound,
        nearness=nearness if nearness.shape[1] else None,
        credit_rows=credit_rows,
        credit_codes=folded[len(facts.track_ids) :],
        credit_weights=weights,
    )
    return Snapshot.of(catalogue, numbered(facts.arrays["song_digests"])[0], facts.arrays["words"])


def _keep(context: Context, path: Path, wanted: str) -> None:
    """Put it together in the file itself; raises OSError where there is no room for it.

    The file is there first, then the log of changes is told of it: a process that dies in between
    leaves a file that is right, and that the next change makes anew as a whole.
    """
    songs.describe_pending(context)
    upto, number = context.store.changes.last(), secrets.randbits(62) + 1
    kept = _kept(context, path, wanted)
    with array_file.writing(path) as made:
        facts = LibraryFacts.of(context, made.room, kept)
        _put_together(context, facts, made.room).put(made, facts, wanted, number)
    with suppress(StoreError):
        context.store.changes.note(number, upto)


def _kept(context: Context, path: Path, wanted: str) -> KeptFacts | None:
    """What is kept of an earlier state of the library; None where that cannot be told."""
    earlier = array_file.stamp_of(path)
    if earlier is None or earlier.rpartition("|")[0] != wanted.rpartition("|")[0]:
        return None
    stored = array_file.read(path, earlier)
    if stored is None:
        return None
    try:
        changed = context.store.changes.since(stored[1]["number"])
        return None if changed is None else KeptFacts.read(stored[0], changed)
    except (KeyError, TypeError, ValueError):
        return None


def _further_credits(context: Context, facts: LibraryFacts) -> _Others:
    """By row, rising, the artists but the leading one, main ones 1 and guests less."""
    order = np.argsort(facts.track_ids, kind="stable")
    ids = facts.track_ids[order]
    makers, texts = facts.arrays["maker_texts"], facts.texts.values
    others: _Others = {}
    for track_id, name, role in context.store.songs.further_credits():
        place = int(np.searchsorted(ids, track_id))
        if place == len(ids) or ids[place] != track_id:
            continue
        row = int(order[place])
        lead = texts[makers[row]]
        if lead and name.casefold() != lead.casefold():
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


def _folded(facts: LibraryFacts, further: Sequence[str]) -> IntArray:
    """Int64 [n + f]: one code an artist, of who made each track, then of further names."""
    texts = [*facts.texts.values, *further]
    of_further = np.arange(len(facts.texts.values), len(texts))
    places = np.concatenate([facts.arrays["maker_texts"], of_further])
    return _codes(places, texts)


def _codes(places: IntArray, texts: Sequence[str]) -> IntArray:
    """Int64 [m]: one code a folded text, in the order in which they come first; -1 for none."""
    place_of: dict[str, int] = {}
    alike = np.array(
        [place_of.setdefault(text.casefold(), i) for i, text in enumerate(texts)], np.int64
    )
    empty = np.array([not text for text in texts], np.bool_)
    codes = np.full(len(places), -1, np.int64)
    named = ~empty[places] if len(texts) else np.zeros(0, np.bool_)
    codes[named] = numbered(alike[places[named]])[0]
    return codes


def _tags(facts: LibraryFacts) -> tuple[IntArray, IntArray, tuple[str, ...]]:
    """Codes and starts, int64, of the tags of all tracks as compressed rows, and their names."""
    lists = [[tag for tag, _ in own] for own in facts.tag_lists.values]
    names = list(dict.fromkeys(tag for own in lists for tag in own))
    code_of = {name: code for code, name in enumerate(names)}
    flat = np.array([code_of[tag] for own in lists for tag in own], np.int64)
    begin = np.cumsum([0, *map(len, lists)])
    of_track = facts.arrays["list_places"]
    starts = np.zeros(len(of_track) + 1, np.int64)
    starts[1:] = np.cumsum(np.diff(begin)[of_track]) if lists else 0
    counts = np.diff(starts)
    codes = np.repeat(begin[of_track] - starts[:-1], counts)
    codes += np.arange(len(codes))
    return flat[codes], starts, tuple(names)


def _tagged(
    artists: IntArray, codes: IntArray, starts: IntArray, names: tuple[str, ...]
) -> TaggedTracks:
    from musicrec_core.culture.own_words import TaggedTracks

    return TaggedTracks(artists, codes, starts, names)


def _placed(
    context: Context, facts: LibraryFacts, others: _Others, tagged: TaggedTracks, room: Room
) -> Placed:
    """Where the map, as this library extends it, puts each track."""
    from musicrec_core.app.scores.metadata import similar_artists
    from musicrec_core.culture import extension

    texts, leads = facts.texts.values, facts.arrays["lead_texts"]
    codes, first = numbered(leads)
    everyone = [*(texts[i] for i in first.tolist()), *(n for c in others.values() for n, _ in c)]
    unsure = extension.doubted(context.culture, list(dict.fromkeys(everyone)))
    makers: list[str | extension.Makers] = [texts[i] for i in first.tolist()]
    place_of: dict[extension.Makers, int] = {}
    for row, further in others.items():
        credited = ((texts[leads[row]], 1.0), *further)
        codes[row] = place_of.setdefault(credited, len(makers))
        if codes[row] == len(makers):
            makers.append(credited)
    return extension.place(
        context.culture,
        extension.Distinct(makers, codes),
        extension.Distinct(facts.tag_lists.values, facts.arrays["list_places"].astype(np.int64)),
        similar_artists(context, unsure),
        tagged,
        facts.arrays["sound"],
        room("culture", "<f4", (len(leads), context.culture.size)),
    )
