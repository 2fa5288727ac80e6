"""What titles say of songs, held against labelled real titles, and how fast it is said.

    python -m benchmarks song_rules [--errors] [--held-out] [--titles FILE.csv ...]

benchmarks/data/labelled_titles.tsv was labelled before the rules were written. Its part "tuned" was
looked at while they were; its part "held out" was written apart and is scored on its own, as is
"fresh", which was written when the rules were long done. For each version, season and kind:
precision and recall with Wilson intervals of 95 %, and whether versions of one song share a key
while other songs do not. --titles: further titles (columns artist, title, album), of which all that
is not plain is listed.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter, defaultdict
from math import sqrt
from pathlib import Path

from benchmarks.results import record
from musicrec_core.songs import ArtistNames, SongFacts, SongTags, describe_song

DATA = Path(__file__).parent.parent / "data" / "labelled_titles.tsv"
COMMAND = "python -m benchmarks song_rules"
Z = 1.959964


def main() -> None:
    """Score both parts, then time the rules."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true", help="list what went wrong")
    parser.add_argument("--held-out", action="store_true", help="score the parts held out too")
    parser.add_argument("--titles", type=Path, nargs="*", default=[])
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    rows = list(csv.DictReader(DATA.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))
    parts = (
        ["tuned", "held out", "fresh", "second", "third", "fourth"]
        if options.held_out
        else ["tuned"]
    )
    for part in parts:
        score(part, [row for row in rows if row["part"] == part], options.errors, options.record)
    for path in options.titles:
        list_unplain(path)
    speed(rows, options.record)


def facts_of(rows: list[dict[str, str]]) -> list[SongFacts]:
    """What the rules say of each row."""
    names = ArtistNames.of_library(row["artist"] for row in rows)
    return [describe_song(tags_of(row), names) for row in rows]


def tags_of(row: dict[str, str]) -> SongTags:
    """A row as the tags of a file."""
    return SongTags(
        title=row["title"],
        artists=(row["artist"],),
        album=row.get("album") or "",
        genres=(row["genre"],) if row.get("genre") else (),
        duration_s=float(row["duration_s"]) if row.get("duration_s") else None,
    )


def score(part: str, rows: list[dict[str, str]], errors: bool, recording: bool) -> None:
    """Print precision and recall of one part, guard by guard."""
    facts = facts_of(rows)
    print(f"\n{part}: {len(rows)} titles")
    wanted = [labels(row) for row in rows]
    predicted = [marks(fact) for fact in facts]
    for label in sorted({name for names in wanted for name in names}):
        hits = sum(label in w and label in g for w, g in zip(wanted, predicted, strict=True))
        positives = sum(label in names for names in wanted)
        claimed = sum(label in names for names in predicted)
        print(
            f"  {label:13} precision {interval(hits, claimed)}  recall {interval(hits, positives)}"
        )
        if recording:
            for what, of in (("precision", claimed), ("recall", positives)):
                value = round(hits / of, 3) if of else 0.0
                record("song_rules", f"{part}: {label}, {what}", value, "", COMMAND, f"{hits}/{of}")
    pairs(rows, facts, errors)
    if errors:
        for row, w, g in zip(rows, wanted, predicted, strict=True):
            if w != g:
                print(
                    f"  {sorted(w - g)} missed, {sorted(g - w)} too many: "
                    f"{row['artist']} | {row['title']} | {row['album']} | {row['duration_s']}"
                )


def labels(row: dict[str, str]) -> set[str]:
    """What a row is labelled as; nothing for a plain song."""
    return {name for name in (*row["versions"].split(","), row["seasonal"], row["kind"]) if name}


def marks(fact: SongFacts) -> set[str]:
    """What the rules say, in the same words."""
    kind = fact.kind if fact.kind != "song" else ""
    return {name for name in (*fact.versions, fact.seasonal or "", kind) if name}


def pairs(rows: list[dict[str, str]], facts: list[SongFacts], errors: bool) -> None:
    """Whether versions of one song share a key, and only they."""
    group = [row["song_group"] or f"alone {i}" for i, row in enumerate(rows)]
    by_group, by_key = defaultdict(set), defaultdict(set)
    for name, fact in zip(group, facts, strict=True):
        by_group[name].add(fact.song)
        by_key[fact.song].add(name)
    several = Counter(group)
    together = [name for name, count in several.items() if count > 1]
    whole = sum(len(by_group[name]) == 1 for name in together)
    # Rows without a group were written as songs of their own, or of one that stands elsewhere.
    pure = sum(
        len({n for n in names if not n.startswith("alone")}) < 2 for names in by_key.values()
    )
    print(
        f"  songs together {interval(whole, len(together))}, keys of one song only "
        f"{interval(pure, len(by_key))}"
    )
    if errors:
        for name in together:
            if len(by_group[name]) > 1:
                print(f"  apart: {sorted(by_group[name])}")
        for key, names in by_key.items():
            if len(names) > 1:
                print(f"  one key {key}: {sorted(names)}")


def interval(hits: int, of: int) -> str:
    """A share with its Wilson interval of 95 %."""
    if not of:
        return "none"
    p = hits / of
    middle = (p + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z * sqrt(p * (1 - p) / of + Z * Z / (4 * of * of)) / (1 + Z * Z / of)
    return f"{p:.3f} [{max(0, middle - half):.3f}, {min(1, middle + half):.3f}] ({hits}/{of})"


def list_unplain(path: Path) -> None:
    """All titles of a file that the rules hold for more than plain songs."""
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    facts = facts_of([row | {"genre": "", "duration_s": ""} for row in rows])
    print(f"\n{path.name}: {len(rows)} titles")
    for row, fact in zip(rows, facts, strict=True):
        if marks(fact):
            print(f"  {sorted(marks(fact))}: {row['artist']} | {row['title']} | {row.get('album')}")


def speed(rows: list[dict[str, str]], recording: bool) -> None:
    """Titles a second on one core, each seen for the first time."""
    songs = [
        tags_of(row | {"title": f"{row['title'][:1]}{i} {row['title'][1:]}"})
        for i in range(20)
        for row in rows
    ]
    start = time.process_time()
    for song in songs:
        describe_song(song)
    rate = len(songs) / (time.process_time() - start)
    print(f"\n{rate:,.0f} titles a second")
    if recording:
        record("song_rules", "titles a second", round(rate, -2), "titles a second", COMMAND)


if __name__ == "__main__":
    main()
