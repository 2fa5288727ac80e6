"""Which words of a request name an artist, a track, an album, a playlist: a linear-chain model.

Each token's labels (outside, beginning or inside of a slot) are scored by hashed features of the
token and its neighbours, neighbouring labels by a table; the best sequence is found by Viterbi.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from musicrec_core.errors import ModelError
from musicrec_core.language.chips.names import Name
from musicrec_core.language.features import known_size, name_hash
from musicrec_core.language.records import ChipKind
from musicrec_core.language.tokens import Token

FILE = "language_slots"
FORMAT = 1
BITS = 16
MOST_TOKENS = 80
# What the product asks of the labels that public corpora use.
KINDS: dict[str, ChipKind] = {
    "artist": "artist", "track": "track", "album": "album", "playlist": "playlist",
    "genre": "genre", "year": "year", "entity_name": "track", "object_name": "track",
}  # fmt: skip
_TAKEN = frozenset(("artist", "track", "album", "playlist", "entity_name", "object_name"))


@dataclass(frozen=True, slots=True)
class Tagger:
    """emission int8 [2**BITS, L] times scale [L], transition float32 [L + 1, L]; row L begins.

    labels: "O", and "B-slot" and "I-slot" for each slot. artists, common: hashes of known
    names and of words that are not rare.
    """

    labels: tuple[str, ...]
    emission: NDArray[np.int8]
    scale: NDArray[np.float32]
    transition: NDArray[np.float32]
    artists: frozenset[int]
    common: frozenset[int]

    def spans(self, tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
        """Token ranges [from, to) and their slots, in the corpora's names."""
        tokens = tokens[:MOST_TOKENS]
        path = viterbi(self._scores(tokens), self.transition)
        return label_spans([self.labels[label] for label in path])

    def names(self, tokens: Sequence[Token]) -> list[Name]:
        """The names of things among them."""
        names = []
        for start, end, slot in self.spans(tokens):
            while end > start and not tokens[end - 1].is_word:
                end -= 1
            while end > start and not tokens[start].is_word:
                start += 1
            if slot in _TAKEN and end > start:
                names.append(Name(start, end, KINDS[slot]))
        return names

    def _scores(self, tokens: Sequence[Token]) -> NDArray[np.float32]:
        rows = token_features(tokens, self.artists, self.common)
        sums = [self.emission[row].sum(axis=0, dtype=np.int32) for row in rows]
        return np.asarray(sums, np.float32) * self.scale


def _known_places(low: Sequence[str], artists: frozenset[int]) -> list[str]:
    """For each token, where it stands in the longest known artist's name around it."""
    places = ["-"] * len(low)
    i = 0
    while i < len(low):
        size = known_size(low, i, artists)
        if size:
            places[i : i + size] = [f"B{min(size, 3)}", *[f"I{min(size, 3)}"] * (size - 1)]
        i += max(size, 1)
    return places


def token_features(
    tokens: Sequence[Token], artists: frozenset[int], common: frozenset[int]
) -> list[NDArray[np.int64]]:
    """Indexes below 2**BITS of each token's features; both sets as `name_hash` makes them.

    Words that are not common look alike but for their beginnings and ends, so that names never
    met before are taken as those of the training data are.
    """
    places = ["-", *_known_places([token.low for token in tokens], artists), "-"]
    low = ["^^", "^", *(_generic(token.low, common) for token in tokens), "$", "$$"]
    shapes = ["^", *(_shape(token.text) for token in tokens), "$"]
    rows = []
    for i, token in enumerate(tokens):
        a, b, c, d, e = low[i : i + 5]
        word = token.low
        features = [
            f"w {c}", f"p {b}", f"n {d}", f"pp {a}", f"nn {e}", f"pw {b} {c}", f"wn {c} {d}",
            f"ppp {a} {b}", f"nnn {d} {e}", f"pn {b} {d}", f"s {shapes[i + 1]}",
            f"sp {shapes[i]} {shapes[i + 1]}", f"sn {shapes[i + 1]} {shapes[i + 2]}",
            f"3 {word[-3:]}", f"2 {word[-2:]}", f"4 {word[:4]}", f"x {word[:3]}",
            f"first {b if i == 0 else low[2]}", f"last {low[-3]}", f"i {min(i, 4)}",
            f"l {min(len(tokens) - i, 4)}", f"abc {a} {b} {c}", f"cde {c} {d} {e}", "bias",
            f"k {places[i + 1]}", f"kn {places[i + 1]} {places[i + 2]}",
            f"kp {places[i]} {places[i + 1]}", f"kw {places[i + 1]} {b}",
        ]  # fmt: skip
        features += [f"far {low[i + 2 - back]}" for back in range(3, 6) if i >= back]
        features += [f"on {low[i + 2 + on]}" for on in range(3, 6) if i + on < len(tokens)]
        rows.append(_hashed(features))
    return rows


def _hashed(features: Sequence[str]) -> NDArray[np.int64]:
    mask = (1 << BITS) - 1
    return np.fromiter(
        (crc32(feature.encode("utf-8", "replace")) & mask for feature in features),
        dtype=np.int64,
        count=len(features),
    )


def _generic(low: str, common: frozenset[int]) -> str:
    if low.isdigit():
        return "0" * min(len(low), 5)
    return low if not low.isalpha() or name_hash([low]) in common else "?"


def _shape(text: str) -> str:
    if text[:1].isdigit():
        return f"d{min(len(text), 5)}"
    if text.isupper() and len(text) > 1:
        return "AA"
    return "Aa" if text[:1].isupper() else ("a" if text[:1].isalpha() else text[:1])


def viterbi(scores: NDArray[np.float32], transition: NDArray[np.float32]) -> list[int]:
    """The best label sequence for scores [T, L]."""
    if not len(scores):
        return []
    best = scores[0] + transition[-1]
    back = []
    for row in scores[1:]:
        through = best[:, None] + transition[:-1]
        chosen = through.argmax(axis=0)
        back.append(chosen)
        best = through[chosen, np.arange(len(row))] + row
    path = [int(best.argmax())]
    for chosen in reversed(back):
        path.append(int(chosen[path[-1]]))
    return path[::-1]


def label_spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Ranges of B- and I- labels; an I- without its beginning begins one."""
    spans: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels):
        if label == "O":
            continue
        slot = label[2:]
        if label[0] == "I" and spans and spans[-1][1] == i and spans[-1][2] == slot:
            spans[-1] = (spans[-1][0], i + 1, slot)
        else:
            spans.append((i, i + 1, slot))
    return spans


def read_tagger(folder: Path) -> Tagger:
    """The tagger that ships; ModelError when a file is missing, damaged or another one."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    path = folder / f"{FILE}.safetensors"
    try:
        about = json.loads(path.with_suffix(".json").read_text("utf-8"))
        content = path.read_bytes()
        arrays = load(content)
        labels = tuple(about["labels"])
        artists, common = (frozenset(arrays[name].tolist()) for name in ("artists", "common"))
        emission, scale, transition = (arrays[n] for n in ("emission", "scale", "transition"))
        tagger = Tagger(labels, emission, scale, transition, artists, common)
        good = hashlib.sha256(content).hexdigest() == about["sha256"]
        sizes = (tagger.emission.shape, tagger.transition.shape)
        right = sizes == ((1 << BITS, len(labels)), (len(labels) + 1, len(labels)))
        if not good or not right or about["format"] != FORMAT:
            raise ModelError(f"{path}: not the slot model of this version")
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError(f"{path}: the slot model cannot be read: {error!r}") from error
    return tagger
