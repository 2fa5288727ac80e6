"""The public files that training and benchmarks read, and how they are split.

SNIPS: one utterance in ten, drawn by SPLIT_SEED, is never trained on. CLINC150: its parts called
`train` and `val` are; `test` (1,000 of the 1,200 out-of-scope queries) is for measuring alone.
"""

from __future__ import annotations

import csv
import json
import random
from dataclasses import dataclass
from pathlib import Path

SPLIT_SEED = 20261127
SNIPS_FILES = {
    "AddToPlaylist": "add_to_playlist.json",
    "PlayMusic": "play_music.json",
    "SearchCreativeWork": "search_creative_work.json",
}
# Intents of CLINC150 that a music player answers; the rest are foreign to it.
CLINC_MUSIC = {
    "play_music": "play", "next_song": "next", "what_song": "now", "update_playlist": "add",
}  # fmt: skip
CLINC_LEFT_OUT = frozenset(("change_volume", "repeat", "cancel", "what_can_i_ask_you"))

Span = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Labelled:
    """An utterance with its intent, and where known its pieces with their slots."""

    text: str
    intent: str
    spans: tuple[Span, ...] = ()


def playlist_intents(folder: Path, part: str) -> list[Labelled]:
    """The templated commands; `part` is train or eval."""
    with (folder / f"playlist_intents_{part}.csv").open(encoding="utf-8", newline="") as file:
        return [Labelled(row["text"], row["intent"]) for row in csv.DictReader(file)]


def snips(folder: Path) -> tuple[list[Labelled], list[Labelled]]:
    """Training and held-out utterances of the three SNIPS files; `intent` is SNIPS's own."""
    train: list[Labelled] = []
    held_out: list[Labelled] = []
    for intent, name in SNIPS_FILES.items():
        content = json.loads((folder / name).read_text("latin-1"))
        rows = [_snips_row(row["data"], intent) for row in content[intent]]
        random.Random(SPLIT_SEED).shuffle(rows)
        tenth = len(rows) // 10
        held_out += rows[:tenth]
        train += rows[tenth:]
    return train, held_out


def _snips_row(pieces: list[dict[str, str]], intent: str) -> Labelled:
    spans = tuple((_repaired(piece["text"]), piece.get("entity")) for piece in pieces)
    return Labelled("".join(text for text, _ in spans), intent, spans)


def _repaired(text: str) -> str:
    """UTF-8 that was read as Latin-1, read again."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def clinc(folder: Path, parts: tuple[str, ...]) -> list[Labelled]:
    """Everyday requests: ours where a player answers them, `none` for the rest.

    Those that could be either (a volume, "say that again", "cancel") are left out.
    """
    content = json.loads((folder / "out_of_scope.json").read_text("utf-8"))
    return [
        Labelled(text, CLINC_MUSIC.get(intent, "none"))
        for part in parts
        for text, intent in content[part]
        if intent not in CLINC_LEFT_OUT
    ]
