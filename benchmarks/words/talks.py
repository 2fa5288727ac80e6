"""Talks that ask for a song out of thousands known by title, artist and album alone.

    python -m benchmarks talks [--songs 5000] [--talks 60] [--seeds 0 1 2] [--write]

Makes a catalogue of names (made_up_catalogue.py) and, for songs drawn by chance, talks of three
turns, each of which tells one thing of the song (its artist, its album, its title or two words of
it) in one of many wordings, half of the time among small talk, in small letters half of the time,
with a typing mistake one time in six; the other side answers with other songs. Every turn is a
request of `recommend --batch` with what was said before as its history. Beside it BM25 over title,
artist and album, asked with all that the person said so far. Hit@k: whether a recording of that
title by that artist is among the first k.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.results import record
from benchmarks.words import made_up_catalogue
from benchmarks.words.find_songs import mistyped
from benchmarks.words.made_up_catalogue import NamedSong
from musicrec_core.folding import fold

COMMAND = "python -m benchmarks talks"
K1, B = 1.2, 0.75
SHOWN = 100
SMALL, MISTYPED, CHATTY = 0.5, 1 / 6, 0.5
CHATTER = """
    my sister and I were driving home from the coast last summer and it came on the radio twice |
    sorry, I have had a long day and can't think straight, there was rain all night again |
    we used to dance to that in the kitchen while the old dog slept under the table |
    I heard it in a cafe by the river on a slow Sunday morning and it never left my head |
    what I am really after is something I knew at school when everybody wore black |
    no, not quite that, it was a little faster and had more heart in it I believe |
    thanks, that one is nice too, but I would like to get back to what I meant at first |
    let me see if I can find the words for it, it is on the tip of my tongue |
    the weather was so cold that night and we had nothing to do but play records |
    you gave me good ones last time, so I trust you with this, take your time
"""
FRAMES = {
    "artist": """
        got anything by {}? | I'd like to hear {} | it was {} I think | the singer is {} |
        something from {}, please | do you have {} in there | {} made it | I keep thinking of {} |
        who else but {} | one of the songs by {} | {}, that's the act | by {} for sure |
        my brother says it's {} | let's stay with {} | any {} today? | it's sung by {} |
        they're called {} | a tune of {}'s | play me some {} | more {} then |
        no idea what it's called but it's by {} | {} did that one
    """,
    "album": """
        it's on the album {} | from the record {} | the album was {} | off {} |
        that came out on {} |
        I had it on a CD called {} | is {} there? The whole album | something from {} |
        on {}, if I remember rightly | the LP {} has it | {} is the album | it's a track of {} |
        the one on {} | not the single, the one from {} | somewhere on {}
    """,
    "title": """
        it's called {} | the title is {} | {} it was | can you find {} | I mean {} |
        the one named {} | {}, that one | play {} | the song {} please | you know, {} |
        something like “{}” in the title | I'm after {} | do you know {}? | put {} on |
        goes by the name of {} | {}! | the name has {} in it | it had the words {} in the title
    """,
}


@dataclass(frozen=True, slots=True)
class Talk:
    """The song that is meant, and what the person says, turn by turn."""

    song: NamedSong
    turns: tuple[str, ...]


def made(songs: Sequence[NamedSong], count: int, rng: np.random.Generator) -> list[Talk]:
    """Talks about songs drawn by chance."""
    frames = {
        kind: [" ".join(frame.split()) for frame in text.split("|")]
        for kind, text in FRAMES.items()
    }
    chosen = rng.choice(len(songs), count, replace=False)
    return [_talk(songs[int(at)], frames, rng) for at in chosen]


def _talk(song: NamedSong, frames: dict[str, list[str]], rng: np.random.Generator) -> Talk:
    title = re.sub(r" \(.*\)$", "", song.title)
    words = title.split()
    if len(words) > 3 and rng.random() < 0.5:
        start = int(rng.integers(len(words) - 1))
        title = " ".join(words[start : start + 2])
    names = {"artist": song.artist, "album": song.album, "title": title}
    turns, chatter = [], [" ".join(aside.split()) for aside in CHATTER.split("|")]
    for kind in rng.permutation(list(FRAMES)):
        name = mistyped(names[kind], rng) if rng.random() < MISTYPED else names[kind]
        turn = str(rng.choice(frames[kind])).format(name)
        if rng.random() < CHATTY:
            aside = str(rng.choice(chatter))
            turn = f"{aside}, {turn}" if rng.random() < 0.5 else f"{turn}. {aside}"
        turns.append(turn.lower() if rng.random() < SMALL else turn)
    return Talk(song, tuple(turns))


def recommended(home: Path, talks: Sequence[Talk], others: Sequence[str]) -> list[list[str]]:
    """The paths that `recommend --batch` answers to each turn of each talk, in order."""
    requests = []
    for talk in talks:
        history: list[dict[str, str]] = []
        for number, turn in enumerate(talk.turns):
            requests.append({"text": turn, "history": list(history)})
            history.append({"user": turn, "system": others[number % len(others)]})
    batch = home / "talks.jsonl"
    batch.write_text("".join(f"{json.dumps(one)}\n" for one in requests), encoding="utf-8")
    command = [sys.executable, "-m", "musicrec_tui", "recommend", "--batch", str(batch), "--json"]
    ran = subprocess.run(
        [*command, "-n", str(SHOWN)],
        capture_output=True, text=True, check=True, env=os.environ | {"MUSICREC_HOME": str(home)},
    )  # fmt: skip
    return [[t["path"] for t in json.loads(line)["tracks"]] for line in ran.stdout.splitlines()]


class Bm25:
    """Robertson's BM25 (k1 1.2, b 0.75) over title, artist and album."""

    def __init__(self, songs: Sequence[NamedSong]) -> None:
        documents = [_words(f"{s.title} {s.artist} {s.album}") for s in songs]
        lengths = np.array([len(words) for words in documents], float)
        self._norm = K1 * (1 - B + B * lengths / lengths.mean())
        self._postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, words in enumerate(documents):
            for word, times in Counter(words).items():
                self._postings[word].append((number, times))

    def ranked(self, query: str) -> NDArray[np.int64]:
        """Numbers of the SHOWN best songs."""
        scores = np.zeros(len(self._norm))
        for word in _words(query):
            postings = self._postings.get(word, [])
            rarity = np.log(1 + (len(scores) - len(postings) + 0.5) / (len(postings) + 0.5))
            for number, times in postings:
                scores[number] += rarity * times * (K1 + 1) / (times + self._norm[number])
        return np.argsort(-scores, kind="stable")[:SHOWN]


def _words(text: str) -> list[str]:
    return fold(text).split()


def is_it(other: NamedSong, song: NamedSong) -> bool:
    """Whether that is a recording of the song."""
    titles = [fold(re.sub(r" \(.*\)$", "", one.title)) for one in (other, song)]
    return titles[0] == titles[1] and fold(other.artist) == fold(song.artist)


def measure(songs: Sequence[NamedSong], home: Path, count: int, seed: int) -> dict[str, float]:
    """Hit@10 and hit@100 of both ways over all turns of one seed's talks."""
    rng = np.random.default_rng(seed)
    talks = made(songs, count, rng)
    others = [f"How about {songs[int(i)].title}?" for i in rng.integers(len(songs), size=3)]
    answers = iter(recommended(home, talks, others))
    bm25 = Bm25(songs)
    hits: dict[str, list[bool]] = defaultdict(list)
    for talk in talks:
        for number in range(len(talk.turns)):
            ours = [songs[int(Path(path).stem)] for path in next(answers)]
            theirs = [songs[int(i)] for i in bm25.ranked(" ".join(talk.turns[: number + 1]))]
            for name, listed in (("musicrec", ours), ("BM25", theirs)):
                right = [is_it(one, talk.song) for one in listed]
                hits[f"{name}, hit@10"].append(any(right[:10]))
                hits[f"{name}, hit@100"].append(any(right[:SHOWN]))
                hits[f"{name}, hit@10 at turn {number + 1}"].append(any(right[:10]))
    return {name: float(np.mean(values)) for name, values in hits.items()}


def main() -> None:
    """Print a line for each figure: the mean and the spread over seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=5000)
    parser.add_argument("--talks", type=int, default=60)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--write", action="store_true", help="record the figures")
    options = parser.parse_args()
    songs = list(made_up_catalogue.songs(options.songs))
    with tempfile.TemporaryDirectory() as folder:
        made_up_catalogue.build(Path(folder), options.songs)
        runs = [measure(songs, Path(folder), options.talks, seed) for seed in options.seeds]
    for name in sorted(runs[0]):
        values = np.array([run[name] for run in runs])
        print(f"{values.mean():.3f} ± {values.std():.3f}  {name}")
    gain = np.array([run["musicrec, hit@10"] - run["BM25, hit@10"] for run in runs])
    error = gain.std(ddof=1) / len(gain) ** 0.5 if len(gain) > 1 else float("nan")
    print(f"{gain.mean():+.3f} ± {error:.3f}  hit@10 above BM25 (standard error over seeds)")
    if options.write:
        note = f"{len(runs)} seeds of {options.talks} talks, {options.songs:,} songs"
        for name in ("musicrec, hit@10", "BM25, hit@10", "musicrec, hit@100", "BM25, hit@100"):
            mean = float(np.mean([run[name] for run in runs]))
            record("talks", name, round(mean, 3), "", COMMAND, note)


if __name__ == "__main__":
    main()
