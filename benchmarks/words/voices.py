"""What is understood of many ways of speaking, each apart.

    python -m benchmarks voices [--fresh] [--misses] [--write]

data/voices.tsv holds requests as terse, chatty, British, American, foreign-born, dictated,
mistyping and slangy people might put them, names that are ordinary words, requests that count and
point, and several in one sentence; beside them what is asked of others in a player's words. Its
even lines may be learned from, its odd ones only report, though one hand wrote templates and set at
one time. data/voices_fresh.tsv (`--fresh`) was written when all that had been learned, and is left
alone. `--misses` prints what went wrong in the even half of the first.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass

from benchmarks.results import record
from benchmarks.words.strangers import EVEN, HALVES, ODD, half_of, read_lines, share
from musicrec_core.language.understander import Understander, load
from musicrec_core.paths import bundled_models

COMMAND = "python -m benchmarks voices"
SEVERAL, FOREIGN = "several", "none"


@dataclass(frozen=True, slots=True)
class Said:
    """An utterance: how or of what one speaks, what is meant, and whether that was understood."""

    voice: str
    wanted: str
    half: str
    right: bool


def judged(understander: Understander, *, fresh: bool = False, misses: bool) -> list[Said]:
    """Every line of a file, understood; all of the fresh one only report."""
    said = []
    for number, line in enumerate(read_lines(f"voices{'_fresh' * fresh}.tsv"), 1):
        voice, wanted, text = line.split("\t")
        answer = understander.understand(text)
        got = "+".join((answer.intent, *(one.intent for one in answer.further)))
        right = got == wanted if voice == SEVERAL else answer.intent in wanted.split("|")
        half = ODD if fresh else half_of(number)
        said.append(Said(voice, wanted, half, right))
        if misses and not right and half == EVEN:
            print(f"    {voice}: {wanted} was {got} {answer.confidence:.2f}: {text}")
    return said


def main() -> None:
    """Print the figures of both halves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--write", action="store_true", help="record the figures of the odd half")
    options = parser.parse_args()
    said = judged(load(bundled_models()), fresh=options.fresh, misses=options.misses)
    figures: dict[str, dict[str, float]] = {half: {} for half in HALVES}
    for half in HALVES:
        own = [one for one in said if one.half == half]
        asked = [one for one in own if one.wanted != FOREIGN and one.voice != SEVERAL]
        figures[half] = {
            "requests, mean over intents": _mean(asked, "wanted"),
            "requests, mean over ways of speaking": _mean(asked, "voice"),
            "several in a sentence, all right": share([o.right for o in own if o.voice == SEVERAL]),
            "foreign taken for music": share([not o.right for o in own if o.wanted == FOREIGN]),
        }
    for name in figures[ODD]:
        print(f"{name}: " + ", ".join(f"{half} {figures[half][name]:.3f}" for half in HALVES))
        if options.write:
            row, part = name + ", fresh set" * options.fresh, "" if options.fresh else "odd half"
            command = COMMAND + " --fresh" * options.fresh
            record("voices", row, round(figures[ODD][name], 3), "", command, part)
    for key in ("voice", "wanted"):
        rows = _shares([o for o in said if o.half == ODD and o.voice != SEVERAL], key)
        print("    odd half: " + ", ".join(f"{n} {v:.2f}" for n, v in sorted(rows.items())))


def _shares(said: list[Said], key: str) -> dict[str, float]:
    rights: dict[str, list[bool]] = defaultdict(list)
    for one in said:
        rights[getattr(one, key)].append(one.right)
    return {name: share(values) for name, values in rights.items()}


def _mean(said: list[Said], key: str) -> float:
    shares = _shares(said, key)
    return sum(shares.values()) / max(len(shares), 1)


if __name__ == "__main__":
    main()
