"""How many of what musicians write about music the words of taste know, or knowingly ignore."""

from __future__ import annotations

import ast
import csv
from collections import Counter
from pathlib import Path

from musicrec_core.language.lexicon import Lexicon
from musicrec_core.language.tokens import tokenise


def aspects(folder: Path) -> Counter[str]:
    """The aspects of the captions file and how often each was written."""
    with (folder / "music_captions.csv").open(encoding="utf-8", newline="") as file:
        return Counter(
            aspect.strip().lower()
            for row in csv.DictReader(file)
            for aspect in ast.literal_eval(row["aspect_list"])
        )


def senses(aspect: str, lexicon: Lexicon) -> list[str]:
    """The kinds that an aspect's words stand for, `ignored` among them."""
    low = [token.low for token in tokenise(aspect)]
    entries, i = [], 0
    while i < len(low):
        match = lexicon.at(low, i)
        if match is None and not lexicon.is_ordinary(low[i]):
            match = lexicon.corrected(low[i])
        if match is not None:
            entries.append(match.kind)
        i += match.size if match is not None else 1
    return entries


def coverage(folder: Path, lexicon: Lexicon) -> tuple[float, float, Counter[str]]:
    """The share of aspects known, as written and each once, and the unknown ones."""
    counts = aspects(folder)
    unknown = Counter({a: n for a, n in counts.items() if not senses(a, lexicon)})
    return 1 - unknown.total() / counts.total(), 1 - len(unknown) / len(counts), unknown
