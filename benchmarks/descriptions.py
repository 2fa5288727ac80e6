"""How many songs of a library are described in words of their own, names left out.

python -m benchmarks descriptions --home DIR [--songs N]

DIR is a MUSICREC_HOME that has listened to its songs.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from musicrec_core.app.facade import MusicRec


def main() -> None:
    """Print the share of descriptions that no other song shares, with names and without."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--songs", type=int, default=1000)
    options = parser.parse_args()
    whole, nameless, started = [], [], time.process_time()
    with MusicRec(home=options.home) as musicrec:
        files = musicrec.library.listing("path")[: options.songs]
        for row in musicrec.library.rows(files):
            description = musicrec.library.describe(str(row.track.id))
            text = description.text
            whole.append(text)
            for name in (row.track.title, row.track.artist, row.track.album):
                text = text.replace(name, "") if name else text
            nameless.append(text.partition(", and nearest")[0].partition("It is nearest")[0])
    seconds = (time.process_time() - started) / max(len(whole), 1)
    print(f"{len(whole)} songs, {1000 * seconds:.1f} ms of processor each")
    print(f"descriptions of their own: {_share(whole):.3f} (goal 0.95)")
    print(f"without title, artist, album and the nearest song: {_share(nameless):.3f}")


def _share(texts: list[str]) -> float:
    return len(set(texts)) / max(len(texts), 1)


if __name__ == "__main__":
    main()
