"""10,000 random keys, clicks and resizes over all pages; says how many widgets live on."""

from __future__ import annotations

import argparse
import asyncio
import tempfile
from pathlib import Path

from musicrec_core.app.facade import MusicRec
from musicrec_core.demo import build_library
from tests.support.soak import soak


def main() -> None:
    """Print the number of widgets every 1,000 steps; ends with an error where one is raised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, songs = Path(folder, "home"), Path(folder, "songs")
        build_library(songs)
        with MusicRec(home=home) as app:
            app.library.scan([str(songs)])
        every = max(options.steps // 10, 1)
        alive = asyncio.run(soak(home, options.seed, options.steps, every))
    print(f"widgets alive every {every:,} steps: {', '.join(map(str, alive))}")


if __name__ == "__main__":
    main()
