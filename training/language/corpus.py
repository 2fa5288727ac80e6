"""The training utterances: templates filled with real names and mistyped, and public files."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from musicrec_core.language.features import name_hash
from musicrec_core.language.tokens import tokenise
from training.language.corpora import Labelled, clinc, playlist_intents, snips
from training.language.templates import Generator, Span, read_fillers, read_templates

EACH_INTENT = 2800
FOREIGN = 24000
OUT_OF_SCOPE_TIMES, LISTS_TIMES = 4, 3
PLAINEST = 10  # times as often as other templates those with a star are drawn
EVERYDAY = 6  # titles that were met, for one made of everyday words
_SNIPS_INTENTS = {"AddToPlaylist": "add", "PlayMusic": "play"}
_HEARD = ("song", "album", "soundtrack")  # works of this kind may be asked of a player
_KEYS = {
    row[i]: row[max(i - 1, 0)] + row[min(i + 1, len(row) - 1)]
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for i in range(len(row))
}


def names_of(language: Path, models: Path) -> dict[str, list[str]]:
    """Real artists, tracks and albums: SNIPS's training part, and the artists of the map."""
    by_slot: dict[str, set[str]] = {"artist": set(), "track": set(), "album": set()}
    kinds = {"artist": "artist", "track": "track", "album": "album", "entity_name": "track"}
    for row in snips(language)[0]:
        for text, label in row.spans:
            if label in kinds:
                by_slot[kinds[label]].add(text.strip())
            elif label == "object_name":
                by_slot["track"].add(text.strip())
    for row in playlist_intents(language, "train"):
        if row.text.count("'") == 2:
            by_slot["track"].add(row.text.split("'")[1])
    culture = json.loads((models / "culture.json").read_text("utf-8"))
    by_slot["artist"].update(name for name in culture["artist_names"][::3] if len(name) < 30)
    named = {kind: sorted(name for name in names if name) for kind, names in by_slot.items()}
    named["track"] += _everyday_titles(models, len(named["track"]) // EVERYDAY)
    return named


def _everyday_titles(models: Path, count: int) -> list[str]:
    """Titles of one to four everyday words, as many songs have: by its words alone none is one."""
    rng = random.Random(count)
    ordinary = json.loads((models / "language_words.json").read_text("utf-8"))["ordinary"]
    words = [word for word in ordinary if len(word) > 2]
    sizes = rng.choices((1, 2, 3, 4), (3, 4, 3, 2), k=count)
    return [" ".join(rng.sample(words, size)).title() for size in sizes]


def known_artists(models: Path) -> frozenset[int]:
    """The artists of the bundled map, as the models of language keep them."""
    names = json.loads((models / "culture.json").read_text("utf-8"))["artist_names"]
    return frozenset(name_hash([token.low for token in tokenise(name)]) for name in names)


def generated(language: Path, models: Path, seed: int) -> list[Labelled]:
    """Sentences from the templates, each intent alike often, and foreign ones."""
    rng = random.Random(seed)
    generator = Generator(read_fillers(), names_of(language, models), rng)
    rows = []
    for intent, lines in read_templates().items():
        for _ in range(FOREIGN if intent == "none" else EACH_INTENT):
            spans = generator.spans(_weighted(lines, rng))
            rows.append(_spoken(spans, intent, rng, generator.fillers))
    return rows


def _weighted(lines: Sequence[str], rng: random.Random) -> str:
    """Templates that can be said in more ways are drawn more often, starred ones most."""
    weights = [
        (PLAINEST if line.startswith("*") else 1) * min(4 + line.count("|"), 40) ** 0.5
        for line in lines
    ]
    return rng.choices(lines, weights)[0].removeprefix("*")


def _spoken(
    spans: list[Span], intent: str, rng: random.Random, fillers: Mapping[str, Sequence[str]]
) -> Labelled:
    """As one person or another says it: music and foreign requests are dressed alike."""
    spans = _dressed(spans, rng, fillers)
    style = rng.random()
    if style < 0.55:
        spans = [(text.lower(), label) for text, label in spans]
    elif style < 0.75:
        first, label = spans[0]
        spans = [(first[:1].upper() + first[1:], label), *spans[1:]]
    if rng.random() < 0.12:
        quote = rng.choice("'\"'")
        spans = [(f"{quote}{t}{quote}" if label == "track" else t, label) for t, label in spans]
    if rng.random() < 0.1:
        spans = _word_lost(spans, rng)
    if rng.random() < 0.15:
        spans = [(mistyped(text, rng), label) for text, label in spans]
        if rng.random() < 0.4:
            spans = [(mistyped(text, rng), label) for text, label in spans]
    if rng.random() < 0.3:
        spans = [*spans, (rng.choice(".!?."), None)]
    return Labelled("".join(text for text, _ in spans), intent, tuple(spans))


def _dressed(
    spans: list[Span], rng: random.Random, fillers: Mapping[str, Sequence[str]]
) -> list[Span]:
    """With what says nothing of the request around it."""
    before = ("hesitation", "opener", "preamble", "address")
    for name, chance in zip(before, (0.04, 0.2, 0.06, 0.04), strict=True):
        if rng.random() < chance:
            spans = [(rng.choice(fillers[name]) + " ", None), *spans]
    for name, chance in (("please", 0.13), ("tail", 0.07)):
        if rng.random() < chance:
            spans = [*spans, (" " + rng.choice(fillers[name]), None)]
    return spans


def _word_lost(spans: list[Span], rng: random.Random) -> list[Span]:
    """Without one word of the longest piece that is no name: no single word may decide."""
    plain = [i for i, (text, label) in enumerate(spans) if label is None and " " in text.strip()]
    if not plain:
        return spans
    at = max(plain, key=lambda i: len(spans[i][0]))
    words = spans[at][0].split(" ")
    del words[rng.randrange(len(words))]
    return [*spans[:at], (" ".join(words), None), *spans[at + 1 :]]


def mistyped(text: str, rng: random.Random) -> str:
    """The text with about one slip of the fingers in it."""
    if len(text) < 5:
        return text
    i = rng.randrange(1, len(text) - 1)
    kind = rng.random()
    if kind < 0.3:
        return text[:i] + text[i + 1 :]
    if kind < 0.6:
        return text[:i] + text[i + 1] + text[i] + text[i + 2 :]
    if kind < 0.8:
        return text[:i] + text[i] + text[i:]
    return text[:i] + rng.choice(_KEYS.get(text[i], text[i])) + text[i + 1 :]


def corpus(language: Path, models: Path, seed: int = 1) -> list[Labelled]:
    """All that intents are learned from."""
    rng = random.Random(seed + 1)
    rows = generated(language, models, seed)
    rows += LISTS_TIMES * [Labelled(r.text, r.intent) for r in playlist_intents(language, "train")]
    for row in snips(language)[0]:
        if row.intent in _SNIPS_INTENTS:
            rows.append(Labelled(row.text, _SNIPS_INTENTS[row.intent]))
        elif any(label == "object_type" and text not in _HEARD for text, label in row.spans):
            rows.append(Labelled(row.text, "none"))
    rows += clinc(language, ("train", "val"))
    rows += OUT_OF_SCOPE_TIMES * clinc(language, ("oos_train", "oos_val"))
    rng.shuffle(rows)
    return rows
