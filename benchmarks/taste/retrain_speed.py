"""How long `retrain` takes on a large library, the rescoring of all of it included.

    python -m benchmarks retrain_speed --songs 100000 --opinions 1000 10000

Wall time and processor time are both printed: on a busy machine only the second means much.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import TypeVar

from benchmarks.taste.gate import planted_feedback
from benchmarks.taste.libraries import library
from musicrec_core import paths
from musicrec_core.recommender.data.dataset import Catalogue
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.models.retrain import retrain
from musicrec_core.recommender.scoring.library import LibraryScorer

Result = TypeVar("Result")
LIMITS_S = {1000: 15, 10_000: 60}


def clocked(work: Callable[[], Result]) -> tuple[Result, float, float]:
    """The result, seconds on the wall, seconds of processor."""
    wall, processor = time.monotonic(), time.process_time()
    result = work()
    return result, time.monotonic() - wall, time.process_time() - processor


def measure(catalogue: Catalogue, opinions: int) -> None:
    """One line for one size of feedback."""
    bundled = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    history, _ = planted_feedback(catalogue, opinions, seed=0)
    outcome, wall, processor = clocked(lambda: retrain(catalogue, history, bundled, bundled))
    net = outcome.net or bundled
    _, more_wall, more_processor = clocked(
        lambda: LibraryScorer.of(net, catalogue, history).scored(1000, explained=0)
    )
    figures = (wall, processor, more_wall, more_processor, wall + more_wall)
    print(
        f"{opinions:>9}",
        *(f"{seconds:>11.1f}" for seconds in figures),
        f"{LIMITS_S.get(opinions, '-'):>11}  promoted: {outcome.promoted}",
        flush=True,
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=100_000)
    parser.add_argument("--opinions", type=int, nargs="+", default=[1000, 10_000])
    options = parser.parse_args()
    catalogue = library(options.songs)
    heads = ("retrain", "processor", "rescoring", "processor", "total", "at most")
    print(" opinions", *(f"{head:>11}" for head in heads), " (seconds)")
    for opinions in options.opinions:
        measure(catalogue, opinions)


if __name__ == "__main__":
    main()
