"""Words that the map lacks, learned from the artists who carry them; and the cost of it all.

    python -m benchmarks own_words [--artists 600] [--seeds 0 1 2] [--songs 100000]

A library of artists drawn from the bundled map, by fame. Tags of the map are renamed to words that
it cannot understand and given to some artists among whose tags they are; as many words are given
to artists at random. "Learned": the share of words that count at all. "Cosine": of what
was learned with the map's own vector of the tag, beside that of the library's middle.

`--songs N` times what a catalogue of N songs pays for the extension, on made-up tags and answers.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.culture.map_scores import artist_tags
from musicrec_core.culture import extension, own_words
from musicrec_core.culture.files import MapData, read
from musicrec_core.culture.map import CultureMap, unit
from musicrec_core.names import artist_key
from musicrec_core.service_records import Similar

ROOT = Path(__file__).parents[2]
CARRIERS = (3, 5, 10, 20)


def main() -> None:
    """Print one table, or the times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--artists", type=int, default=600)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--songs", type=int)
    options = parser.parse_args()
    data = read(ROOT / "models" / "culture")
    culture = CultureMap(data)
    if options.songs:
        _print_speed(culture, options.songs)
        return
    print(
        f"{'artists of a word':>18s}{'words':>7s}{'learned':>18s}{'at random':>18s}{'cosine':>18s}"
    )
    for count in CARRIERS:
        runs = np.array([_run(culture, data, options.artists, count, s) for s in options.seeds])
        means = zip(runs[:, 1:].mean(axis=0), runs[:, 1:].std(axis=0), strict=True)
        cells = "".join(f"{f'{mean:.3f} +- {sd:.3f}':>18s}" for mean, sd in means)
        print(f"{count:18d}{runs[:, 0].mean():7.0f}{cells}")


def _run(
    culture: CultureMap, data: MapData, artists: int, count: int, seed: int
) -> tuple[float, ...]:
    """(words, share learned, share of random ones learned, cosine, cosine of the middle)."""
    rng = np.random.default_rng(seed)
    fame = np.array([culture.listeners(name) or 0 for name in culture.artist_names], float)
    chosen = rng.choice(len(fame), artists, replace=False, p=fame / fame.sum())
    names = [culture.artist_names[i] for i in chosen]
    vectors = culture.track_vectors(names, [{}] * artists)
    carriers: dict[str, list[int]] = {}
    for row, artist in enumerate(chosen):
        for tag in artist_tags(data, artist):
            carriers.setdefault(tag, []).append(row)
    usable = {tag: rows for tag, rows in carriers.items() if len(rows) >= count}
    taught = {_strange(i): rng.permutation(rows)[:count] for i, rows in enumerate(usable.values())}
    chance = {word: rng.permutation(artists)[:count] for word in taught}
    learned = own_words.learn_words(culture, vectors, _tagged(taught, artists))
    guessed = own_words.learn_words(culture, vectors, _tagged(chance, artists))
    true = culture.tag_vectors(list(usable))
    middle = unit(vectors.mean(axis=0)[None], 0.0)[0]
    shared = [(i, learned[word]) for i, word in enumerate(taught) if word in learned]
    cosines = [float(true[i] @ place / np.linalg.norm(place)) for i, place in shared]
    shares = (len(learned) / len(taught), len(guessed) / len(taught))
    return len(taught), *shares, float(np.mean(cosines)), float((true @ middle).mean())


def _tagged(words: dict[str, np.ndarray], artists: int) -> own_words.TaggedTracks:
    """One song an artist."""
    pairs = sorted((int(row), code) for code, rows in enumerate(words.values()) for row in rows)
    counts = np.bincount([row for row, _ in pairs], minlength=artists)
    starts = np.concatenate([[0], np.cumsum(counts)])
    codes = np.array([code for _, code in pairs], np.int64)
    return own_words.TaggedTracks(np.arange(artists), codes, starts, tuple(words))


def _strange(number: int) -> str:
    return f"qzx{number:04d} wvk"


def _print_speed(culture: CultureMap, songs: int) -> None:
    """The extension beside plain vectors; half the artists and half the tags are strange."""
    rng = np.random.default_rng(0)
    by = rng.integers(songs // 10, size=songs)
    artists = [culture.artist_names[i] if i % 2 else f"stranger {i}" for i in by]
    own = [*culture.tag_names[:500], *map(_strange, range(500))]
    lists = rng.integers(500, size=(songs // 10, 3))
    lists = np.concatenate([lists, lists + 500], axis=1)  # a strange word beside each known tag
    tags = [{own[tag]: 1.0 for tag in lists[i]} for i in by]
    codes = np.concatenate([np.array([*dict.fromkeys(lists[i].tolist())]) for i in by])
    starts = np.concatenate([[0], np.cumsum([len(words) for words in tags])])
    tagged = own_words.TaggedTracks(by, codes, starts, tuple(own))
    similar = {
        artist_key(f"stranger {i}"): [
            Similar(culture.artist_names[j], "", 0.5) for j in rng.integers(17_000, size=50)
        ]
        for i in range(0, songs // 10, 2)
    }
    sound = unit(rng.normal(size=(songs, 64)).astype(np.float32), 0.0)
    plain = _seconds(lambda: culture.track_vectors(artists, tags))
    extended = _seconds(
        lambda: extension.place_tracks(culture, artists, tags, similar, tagged, sound)
    )
    print(f"{songs} songs: the map {plain:.2f} s, as the library extends it {extended:.2f} s")


def _seconds(work: Callable[[], object]) -> float:
    """Of the processor, the best of five."""
    took = []
    for _ in range(5):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


if __name__ == "__main__":
    main()
