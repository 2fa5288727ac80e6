"""Words of a song: from a .lrc file beside it, else from its tags."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

import mutagen

from musicrec_core.text import one_line

LONGEST = 100_000  # letters; more is no song's words
_TIME = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]")
_TEXT_TAGS = ("lyrics", "unsyncedlyrics", "©lyr", "wm/lyrics")


@dataclass(frozen=True, slots=True)
class LyricLine:
    """A line, and when it is sung; None where only its place is known."""

    text: str
    at_s: float | None = None


def lyrics(path: str) -> tuple[LyricLine, ...]:
    """The lines in order; none where there are no words, or they cannot be read."""
    beside = f"{os.path.splitext(path)[0]}.lrc"
    text = _read(beside) or _tagged(path)
    return tuple(parsed(text[:LONGEST]))


def parsed(text: str) -> list[LyricLine]:
    """The lines of LRC, by time; of plain text, as they stand."""
    timed = [LyricLine(words, at_s) for line in text.splitlines() for at_s, words in _moments(line)]
    if timed:
        return sorted(timed, key=lambda line: line.at_s or 0.0)
    plain = [one_line(line) for line in text.splitlines() if not _is_header(line)]
    while plain and not plain[-1]:
        plain.pop()
    return [LyricLine(line) for line in plain]


def _moments(line: str) -> Iterator[tuple[float, str]]:
    """Each time at the beginning of a line, with its words: a refrain has several."""
    times, end = [], 0
    while match := _TIME.match(line, end):
        fraction = float(f"0.{match[3]}") if match[3] else 0.0
        times.append(60 * int(match[1]) + int(match[2]) + fraction)
        end = match.end()
    words = one_line(re.sub(r"<\d+:\d+(\.\d+)?>", "", line[end:]))
    yield from ((at_s, words) for at_s in times)


def _is_header(line: str) -> bool:
    """[ar:Somebody] is about the file."""
    return bool(re.fullmatch(r"\[[a-z#]+:.*\]", line.strip()))


def _read(path: str) -> str:
    try:
        with open(os.fsencode(path), "rb") as file:
            content = file.read(4 * LONGEST)
    except OSError:
        return ""
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


def _tagged(path: str) -> str:
    try:
        tags = mutagen.File(os.fsencode(path)).tags or {}
    except Exception:  # noqa: BLE001 - readers of tags fail in ways of their own; words are no need
        return ""
    for name, value in tags.items():
        low = name.casefold()
        if low.startswith("uslt"):
            return str(value.text)
        if low in _TEXT_TAGS:
            first = value[0] if isinstance(value, list) else value
            return str(first)
    return ""
