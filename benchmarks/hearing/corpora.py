"""The clips and songs that several benchmarks of the ears read, from where the user says."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from training.ears_data import Analyst, Clips, Songs, read_listeners, read_moods, read_songs
from training.train_ears import GENRES, MOODS, make_lessons

__all__ = ["Clips", "Corpora", "Songs", "corpora", "make_lessons", "options"]


@dataclass(frozen=True)
class Corpora:
    """The mood clips, those of the other corpus, and free songs."""

    clips: Clips
    others: Clips
    songs: Songs
    music: Path
    analyst: Analyst


def options(doc: str) -> argparse.ArgumentParser:
    """--music, --songs and --cache."""
    parser = argparse.ArgumentParser(description=doc.splitlines()[0])
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache/ears"))
    return parser


def corpora(options: argparse.Namespace) -> Corpora:
    """Everything, analysed where it was not yet."""
    analyst = Analyst(options.cache)
    clips = read_moods(options.music, analyst, MOODS, GENRES)
    others = read_listeners(options.music, analyst, clips)
    return Corpora(clips, others, read_songs(options.songs, analyst), options.music, analyst)
