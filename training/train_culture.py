"""Train the offline map of artists and tags and write `models/culture.{json,safetensors}`.

    python -m training.train_culture --listening DIR [--out models]

Settings were chosen on validation listeners; the shipped map is trained on every listener, and
the quality of maps that have not seen the test listeners is measured by
`benchmarks culture_quality --write`, which puts its figures into the same JSON.
"""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

import numpy as np

from musicrec_core.culture.files import write
from training.culture_data import load
from training.culture_fit import Settings, fit

SOURCE = "HetRec 2011 Last.fm dataset (GroupLens; Cantador, Brusilovsky, Kuflik, RecSys 2011)"
LICENCE = "Non-commercial research use of the data; artist and tag names come from Last.fm"


def main() -> None:
    """Read the data, fit the map, write both files, say how large they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--listening", type=Path, required=True, help="folder with lastfm2k")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "models")
    arguments = parser.parse_args()
    listening = load(arguments.listening)
    listeners = np.arange(listening.plays.shape[0])
    data = fit(listening, listeners)
    about: dict[str, object] = {
        "source": SOURCE,
        "licence": LICENCE,
        "settings": asdict(Settings()),
        "trained_on": {
            "listeners": len(listeners),
            "artists": len(data.artist_names),
            "tags": len(data.tag_names),
            "plays": int(listening.plays.nnz),
            "taggings": len(listening.taggings),
        },
    }
    write(arguments.out / "culture", data, about)
    for suffix in ("json", "safetensors"):
        path = arguments.out / f"culture.{suffix}"
        print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
