"""Emotify: 160 clips heard by 3,355 listeners who said what they liked (Aljanaki et al., 2016).

There is no user id; age, gender and mother tongue together stand, roughly, for a person.
"""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ears.model import Ears
from training.ears_data import Analyst

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True, repr=False)
class Clips:
    """n clips: embedding float32 [n, E], artist codes [n], genre, and people's opinions.

    opinions: for each rough person, clip positions and +1 liked, -1 disliked.
    """

    sound: FloatArray
    artists: IntArray
    opinions: dict[str, tuple[IntArray, FloatArray]]

    def liking(self) -> FloatArray:
        """Float32 [n]: mean opinion of each clip, shrunk by five neutral answers."""
        total, count = np.zeros(len(self.sound)), np.full(len(self.sound), 5.0)
        for rows, values in self.opinions.values():
            np.add.at(total, rows, values)
            np.add.at(count, rows, 1)
        return (total / count).astype(np.float32)


def load(music: Path, ears: Path, cache: Path | None = None) -> Clips:
    """Read the clips, listen to them with the given ears, and read what people said."""
    with (music / "listeners.csv").open(encoding="utf-8", newline="") as file:
        clips = list(csv.DictReader(file))
    analyst = Analyst(cache or Path(tempfile.gettempdir()) / "musicrec-analysis")
    whole = np.stack([analyst.views(music / clip["path"])[0] for clip in clips])
    heard = Ears.load(ears).hear(whole)
    place = {clip["track_id"]: i for i, clip in enumerate(clips)}
    with (music / "listeners_annotations.csv").open(encoding="utf-8", newline="") as file:
        answers = list(csv.DictReader(file))
    ratings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for answer in answers:
        value = float(answer["liked"] == "1") - float(answer["disliked"] == "1")
        person = "/".join(answer[key] for key in ("age", "gender", "mother_tongue"))
        if answer["track_id"] in place:
            ratings[person].append((place[answer["track_id"]], value))
    artists = np.unique([clip["artist"] for clip in clips], return_inverse=True)[1]
    return Clips(heard.embeddings, artists, {p: _settled(rows) for p, rows in ratings.items()})


def _settled(ratings: list[tuple[int, float]]) -> tuple[IntArray, FloatArray]:
    """One opinion a clip: the mean of what was said, where it is not neutral."""
    rows = np.array([row for row, _ in ratings])
    values = np.array([value for _, value in ratings])
    own, which = np.unique(rows, return_inverse=True)
    mean = np.bincount(which, values) / np.bincount(which)
    clear = np.abs(mean) > 0.4
    return own[clear], np.sign(mean[clear]).astype(np.float32)


def liked_direction(clips: Clips, rows: IntArray | None = None, ridge: float = 10.0) -> FloatArray:
    """Float32 [E]: ridge regression of mean opinion on the embedding, over `rows`."""
    rows = np.arange(len(clips.sound)) if rows is None else rows
    x = clips.sound[rows].astype(np.float64)
    y = clips.liking()[rows]
    x, y = x - x.mean(axis=0), y - y.mean()
    direction = np.linalg.solve(x.T @ x + ridge * np.eye(x.shape[1]), x.T @ y)
    return direction.astype(np.float32)
