"""Write `models/language_words.json`: words.txt, and the ordinary words of the public files.

python -m training.language.words --language DIR [--out models]
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from pathlib import Path

from musicrec_core.language.lexicon import FILE, FORMAT
from musicrec_core.language.tokens import tokenise
from training.language.corpora import clinc
from training.language.templates import FOLDER, read_sections, read_templates

ORDINARY_FROM = 3  # times that a word is met


def phrases() -> dict[str, dict[str, list[str]]]:
    """Spellings by kind and value."""
    by_kind: dict[str, dict[str, list[str]]] = {}
    for kind, lines in read_sections(FOLDER / "words.txt").items():
        values = by_kind.setdefault(kind, {})
        for line in lines:
            value, _, spellings = line.partition(" = ")
            values.setdefault(value, []).extend(s for s in spellings.split(", ") if s)
    return by_kind


def ordinary(language: Path) -> list[str]:
    """Folded small words met several times in captions and everyday requests, and our own."""
    texts = [row.text for row in clinc(language, ("train",))]
    with (language / "music_captions.csv").open(encoding="utf-8", newline="") as file:
        texts += [row["caption"] for row in csv.DictReader(file)]
    counts = Counter(
        token.low
        for text in texts
        for token in tokenise(text)
        if token.low.isalpha() and not token.capital
    )
    return sorted({word for word, count in counts.items() if count >= ORDINARY_FROM} | own_words())


def own_words() -> set[str]:
    """The small words of the templates, none of which is there as a name."""
    lines = [line for lines in read_templates().values() for line in lines]
    plain = re.sub(r"\{\w+\}|[()|]", " ", " ".join(lines))
    return {t.low for t in tokenise(plain) if t.low.isalpha() and not t.capital}


def main() -> None:
    """Write the file and say how much it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=FOLDER.parent.parent / "models")
    parser.add_argument("--language", type=Path, required=True, help="folder with the corpora")
    arguments = parser.parse_args()
    out = arguments.out
    by_kind = phrases()
    content = {"format": FORMAT, "phrases": by_kind, "ordinary": ordinary(arguments.language)}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (out / FILE).write_text(text + "\n", "utf-8")
    spellings = sum(1 + len(s) for values in by_kind.values() for s in values.values())
    print(f"{spellings} spellings of {sum(map(len, by_kind.values()))} values, {len(text)} bytes")


if __name__ == "__main__":
    main()
