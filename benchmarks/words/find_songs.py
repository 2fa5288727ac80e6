"""Whether the song that is meant is found among very many, and how long that takes.

    python -m benchmarks find_songs --songs 1000000 [--keep FOLDER] [--asked 500]

Makes a catalogue of names (made_up_catalogue.py) and asks for songs of it drawn by chance, with one
typing mistake in the title or in the artist: a letter left out, doubled, changed for a neighbour on
the keyboard, or two in the wrong order. Counts where the first answer is a recording of that title
by that artist; then the same by `ask "Put on TITLE by ARTIST"`, understanding and talk too; and
songs that are not there, which must be said to be absent. A title alone is truly ambiguous where
what was typed is, or is one slip of the keys from, other titles of the catalogue too.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.results import record
from benchmarks.words import made_up_catalogue
from benchmarks.words.made_up_catalogue import NamedSong
from musicrec_core.app.assistant import finding
from musicrec_core.app.facade import MusicRec
from musicrec_core.folding import fold
from musicrec_core.records import Track
from musicrec_core.store.library.name_search import slips

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
COMMAND = "python -m benchmarks find_songs --songs {songs} --asked {asked}"


@dataclass(frozen=True, slots=True)
class Tally:
    """Of questions: the share answered rightly, and how long each took, in milliseconds."""

    share: float
    times_ms: Sequence[float]

    @property
    def row(self) -> str:
        """As printed."""
        median, late = np.percentile(self.times_ms, (50, 99))
        return f"{100 * self.share:5.1f} %  {median:7.1f} ms  {late:7.1f} ms"


def mistyped(text: str, rng: np.random.Generator) -> str:
    """The text with one typing mistake in a word of three letters or more, where it has one."""
    places = [i for i, c in enumerate(text) if c.isalpha() and len(_word_at(text, i)) > 2]
    if not places:
        return text
    place = int(rng.choice(places))
    letter, rest = text[place], text[place + 1 :]
    kind = rng.integers(4)
    if kind == 0:
        return text[:place] + rest
    if kind == 1:
        return text[:place] + letter + letter + rest
    if kind == 2 and rest[:1].isalpha() and rest[0].casefold() != letter.casefold():
        return text[:place] + rest[0] + letter + rest[1:]
    return text[:place] + _neighbour(letter, rng) + rest


def _word_at(text: str, place: int) -> str:
    start = text.rfind(" ", 0, place) + 1
    return text[start:].split(" ")[0]


def _neighbour(letter: str, rng: np.random.Generator) -> str:
    row = next((row for row in ROWS if letter.casefold() in row), ROWS[0])
    place = max(row.find(letter.casefold()), 0)
    near = [row[i] for i in (place - 1, place + 1) if 0 <= i < len(row)]
    return str(rng.choice(near))


def is_it(tracks: Sequence[Track], song: NamedSong) -> bool:
    """Whether the first of them is a recording of the song, of whatever version."""
    if not tracks:
        return False
    title = fold(song.title.split(" (")[0])
    return fold(tracks[0].artist) == fold(song.artist) and fold(tracks[0].title).startswith(title)


def is_ambiguous(typed: str, song: NamedSong, titles: frozenset[str]) -> bool:
    """Whether other titles than the song's are what was typed, or one slip away from it."""
    folded = fold(typed)
    near = titles & {folded, *slips(folded)}
    return any(not title.startswith(fold(song.title.split(" (")[0])) for title in near)


def tally(questions: Iterable[NamedSong], ask: Callable[[NamedSong], bool]) -> Tally:
    """Ask each, and time it."""
    right, times_ms = [], []
    for song in questions:
        start = time.perf_counter()
        right.append(ask(song))
        times_ms.append(1000 * (time.perf_counter() - start))
    return Tally(float(np.mean(right)), times_ms)


def measure(
    home: Path, asked: Sequence[NamedSong], seed: int, titles: frozenset[str]
) -> dict[str, Tally]:
    """Each way of asking for the same songs. titles: all folded ones of the catalogue."""
    rng = np.random.default_rng(seed)
    tallies: dict[str, Tally] = {}
    with MusicRec(home=home) as musicrec:
        context = musicrec._context  # noqa: SLF001 - the finding alone, beside the whole

        def titled(song: NamedSong) -> bool:
            match = finding.song(context, mistyped(song.title, rng), song.artist)
            return is_it(match.tracks, song)

        def credited(song: NamedSong) -> bool:
            match = finding.song(context, song.title, mistyped(song.artist, rng))
            return is_it(match.tracks, song)

        unclear: list[tuple[bool, bool]] = []

        def alone(song: NamedSong) -> bool:
            typed = mistyped(song.title, rng)
            match = finding.song(context, typed)
            right, offered = (
                any(
                    fold(track.title).startswith(fold(song.title.split(" (")[0])) for track in among
                )
                for among in (match.tracks, match.near)
            )
            unclear.append((right or offered, is_ambiguous(typed, song, titles)))
            return right

        def absent(song: NamedSong) -> bool:
            return not finding.song(context, song.title[::-1], song.artist).tracks

        def said(song: NamedSong) -> bool:
            in_title = rng.random() < 0.5
            title = mistyped(song.title, rng) if in_title else song.title
            artist = song.artist if in_title else mistyped(song.artist, rng)
            answer = musicrec.assistant.respond(f"Put on {title} by {artist}", lambda _: False)
            return is_it(answer.tracks or answer.choices, song)

        musicrec.assistant.respond("Put on something", lambda _: False)  # reads the models
        ways = {
            "a mistake in the title, the artist named": titled,
            "a mistake in the artist, the title named": credited,
            "“Put on … by …”, a mistake in either": said,
            "a mistake in the title, no artist named: taken for that title": alone,
            "the title written backwards: said to be absent": absent,
        }
        for name, ask in ways.items():
            tallies[name] = tally(asked, ask)
            print(f"{tallies[name].row}  {name}", flush=True)
        offered, ambiguous = (100 * float(np.mean(share)) for share in zip(*unclear, strict=True))
        print(
            f"{offered:5.1f} % of titles alone: taken for that title, or offered among the nearest"
        )
        print(f"{ambiguous:5.1f} % of titles alone are truly ambiguous")
    return tallies


def main() -> None:
    """Print a line for each way of asking."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=100_000)
    parser.add_argument("--asked", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="keep the catalogue here and use it again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = options.keep or Path(folder)
        start = time.perf_counter()
        made_up_catalogue.build(home, options.songs)
        print(f"{options.songs:,} songs in {time.perf_counter() - start:.0f} s")
        rng = np.random.default_rng(options.seed)
        wanted = set(rng.choice(options.songs, options.asked, replace=False).tolist())
        drawn = list(made_up_catalogue.songs(options.songs))
        asked = [song for number, song in enumerate(drawn) if number in wanted]
        titles = frozenset(fold(song.title) for song in drawn)
        print("  right    median  99th percentile")
        tallies = measure(home, asked, options.seed, titles)
    tally = tallies["“Put on … by …”, a mistake in either"]
    command = COMMAND.format(songs=options.songs, asked=options.asked)
    median, late = np.percentile(tally.times_ms, (50, 99))
    note = f"among {options.songs:,} songs, a typing mistake in title or artist"
    record("find_songs", "found first", round(100 * tally.share, 1), "%", command, note)
    record("find_songs", "median", round(float(median), 1), "ms", command, note)
    record("find_songs", "99th percentile", round(float(late), 1), "ms", command, note)


if __name__ == "__main__":
    main()
