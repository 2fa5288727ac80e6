"""Write `models/language_words.json` from words.txt.

    python -m training.language.words [--out models]
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from musicrec_core.language.lexicon import FILE, FORMAT
from training.language.templates import FOLDER, read_sections


def phrases() -> dict[str, dict[str, list[str]]]:
    """Spellings by kind and value."""
    found: dict[str, dict[str, list[str]]] = {}
    for kind, lines in read_sections(FOLDER / "words.txt").items():
        values = found.setdefault(kind, {})
        for line in lines:
            value, _, spellings = line.partition(" = ")
            values.setdefault(value, []).extend(s for s in spellings.split(", ") if s)
    return found


def main() -> None:
    """Write the file and say how much it holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=FOLDER.parent.parent / "models")
    out = parser.parse_args().out
    found = phrases()
    content = {"format": FORMAT, "phrases": found}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (out / FILE).write_text(text + "\n", "utf-8")
    spellings = sum(1 + len(s) for values in found.values() for s in values.values())
    print(f"{spellings} spellings of {sum(map(len, found.values()))} values, {len(text)} bytes")


if __name__ == "__main__":
    main()
