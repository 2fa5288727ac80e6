"""How alike copies of a song through codecs sound, and different songs: where the veto may lie.

    python -m benchmarks.songs.sound_veto FOLDER --songs 40

Scans some songs of the folder and copies of them by ffmpeg in a home of its own, and prints the
quantiles of the cosine of the embeddings: of a song with its copies, and of songs with others.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicrec_core.app.feedback.songs import CLEARLY_UNLIKE

COPIES = {
    "mp3-64.mp3": ("-b:a", "64k"),
    "ogg.ogg": ("-c:a", "libvorbis", "-q:a", "3"),
    "opus-48.opus": ("-c:a", "libopus", "-b:a", "48k"),
    "quiet.flac": ("-af", "volume=-9dB"),
    "cut.flac": ("-ss", "1.5"),
    "mono-22k.mp3": ("-ac", "1", "-ar", "22050", "-b:a", "96k"),
}
SUFFIXES = frozenset((".mp3", ".flac", ".ogg", ".opus", ".m4a", ".wav"))
QUANTILES = (0.0, 0.01, 0.05, 0.5, 0.95, 0.99, 1.0)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--songs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    paths = sorted(p for p in asked.folder.rglob("*") if p.suffix.lower() in SUFFIXES)
    chosen = random.Random(asked.seed).sample(paths, min(asked.songs, len(paths)))
    with tempfile.TemporaryDirectory() as work:
        vectors = _vectors(chosen, Path(work))
    same: dict[str, list[float]] = {name: [] for name in COPIES}
    for song in {number for number, _ in vectors}:
        for name, cosines in same.items():
            if (song, name) in vectors:
                cosines.append(float(vectors[song, "original.flac"] @ vectors[song, name]))
    originals = np.stack([v for (_, name), v in vectors.items() if name == "original.flac"])
    apart = (originals @ originals.T)[np.triu_indices(len(originals), 1)]
    for name, cosines in same.items():
        _tell(name, np.array(cosines))
    _tell("other songs", apart)
    print(f"other songs below {CLEARLY_UNLIKE}: {np.mean(apart < CLEARLY_UNLIKE):.1%}")


def _vectors(songs: list[Path], work: Path) -> dict[tuple[int, str], NDArray[np.float64]]:
    """Unit vectors by song and copy."""
    music = work / "music"
    for number, song in enumerate(songs):
        folder = music / str(number)
        folder.mkdir(parents=True)
        for name, options in {"original.flac": (), **COPIES}.items():
            subprocess.run(
                ["ffmpeg", "-v", "error", "-i", song, "-map", "0:a:0", *options, folder / name],
                check=True,
            )
    environment = {**os.environ, "MUSICREC_HOME": str(work / "home")}
    musicrec = [sys.executable, "-m", "musicrec_tui"]
    subprocess.run([*musicrec, "scan", music, "--jobs", "1"], env=environment, check=True)
    listing = subprocess.run(
        [*musicrec, "export", "--tracks", "--embeddings"],
        env=environment, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    vectors: dict[tuple[int, str], NDArray[np.float64]] = {}
    for line in listing.splitlines():
        row = json.loads(line)
        if row.get("embedding"):
            path, vector = Path(row["path"]), np.array(row["embedding"])
            vectors[int(path.parent.name), path.name] = vector / np.linalg.norm(vector)
    return vectors


def _tell(name: str, cosines: NDArray[np.float64]) -> None:
    quantiles = " ".join(f"{q:.3f}" for q in np.quantile(cosines, QUANTILES))
    print(f"{name:14} n={len(cosines):<5} {quantiles}")


if __name__ == "__main__":
    main()
