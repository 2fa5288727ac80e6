"""What strangers say to a player, through the entrance that they would use.

    python -m benchmarks strangers [--second] [--misses even] [--write]

Writes data/strangers_*.tsv into files of utterances, runs `musicrec ask --batch FILE --dry-run
--json` over them in a home of its own without songs, and compares. Every set is reported in halves:
its even lines may be learned from, its odd ones only report. `--misses even` prints what was
understood otherwise; there is no such option for the odd half. The second set, without talks, was
written when the first had been learned from; its words are further from those of the templates.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.results import record
from benchmarks.wishes import DATA, chip_of, read_wishes, score

COMMAND = "python -m benchmarks strangers"
HALVES = ODD, EVEN = "odd", "even"
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Turn:
    """One utterance of a talk: the intents and the values of slots that are right."""

    text: str
    intents: frozenset[str]
    slots: Mapping[str, frozenset[str]]


def understood(texts: Sequence[str]) -> list[Row]:
    """What the command line answers to each."""
    with tempfile.TemporaryDirectory() as folder:
        batch = Path(folder) / "said.txt"
        batch.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
        command = [sys.executable, "-m", "musicrec_tui", "ask", "--batch", str(batch)]
        ran = subprocess.run(
            [*command, "--dry-run", "--json"],
            capture_output=True, text=True, check=True, env=os.environ | {"MUSICREC_HOME": folder},
        )  # fmt: skip
    return [json.loads(line) for line in ran.stdout.splitlines()]


def read_lines(name: str) -> list[str]:
    """Lines of a file in data/ that are no comments."""
    lines = (DATA / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def read_talks(name: str) -> list[list[Turn]]:
    """Talks of a file in data/, divided by blank lines."""
    text = (DATA / name).read_text("utf-8")
    blocks = "\n".join(line for line in text.splitlines() if not line.startswith("#")).split("\n\n")
    return [[_turn(line) for line in block.splitlines() if line] for block in blocks]


def _turn(line: str) -> Turn:
    intents, slots, text = line.split("\t")
    wanted = {}
    for pair in [] if slots == "-" else slots.split("; "):
        name, _, values = pair.partition("=")
        wanted[name] = frozenset(values.split("/"))
    return Turn(text, frozenset(intents.split("|")), wanted)


def half_of(number: int) -> str:
    """Which half the line with this number, from 1, belongs to."""
    return HALVES[number % 2 == 0]


def share(rights: Sequence[bool]) -> float:
    """Of these, how many."""
    return sum(rights) / max(len(rights), 1)


class Report:
    """Prints figures by halves, and records those of the half that nothing was learned from."""

    def __init__(self, *, second: bool, misses: bool, write: bool) -> None:
        self.misses, self.write = misses, write
        self.ending = "_second.tsv" if second else ".tsv"

    def figure(self, name: str, values: Mapping[str, float], goal: str) -> None:
        """A line, and a record."""
        shown = ", ".join(f"{half} {value:.3f}" for half, value in values.items())
        print(f"{name}: {shown} (goal {goal})")
        if self.write:
            command = COMMAND + " --second" * ("second" in self.ending)
            row = name + ", second set" * ("second" in self.ending)
            record("strangers", row, round(values[ODD], 3), "", command, f"goal {goal}")

    def miss(self, half: str, text: str) -> None:
        """One that went wrong, where it may be looked at."""
        if self.misses and half == EVEN:
            print(f"    {text}")


def requests(report: Report) -> None:
    """Intents of requests, averaged over kinds; several in one sentence must all be right."""
    rows = [line.split("\t") for line in read_lines(f"strangers_requests{report.ending}")]
    answers = understood([text for _, text in rows])
    kinds: dict[str, dict[str, list[bool]]] = {half: defaultdict(list) for half in HALVES}
    for number, ((wanted, text), answer) in enumerate(zip(rows, answers, strict=True), 1):
        got = "+".join((answer["intent"], *(one["intent"] for one in answer["further"])))
        several = "+" in wanted
        right = got == wanted if several else answer["intent"] in wanted.split("|")
        half = half_of(number)
        kinds[half]["several" if several else wanted].append(right)
        if not right:
            report.miss(half, f"{wanted} was {got} {answer['confidence']:.2f}: {text}")
    together = {half: share(kinds[half].pop("several", [])) for half in HALVES}
    means = {half: sum(map(share, k.values())) / len(k) for half, k in kinds.items()}
    report.figure("intents, mean over kinds", means, "0.85")
    if any(together.values()):
        report.figure("several requests in a sentence, all right", together, "")
    for half in HALVES:
        lowest = sorted((share(rights), kind) for kind, rights in kinds[half].items())[:6]
        print(f"    lowest, {half}: " + ", ".join(f"{kind} {value:.2f}" for value, kind in lowest))


def foreign(report: Report) -> None:
    """Requests that are not for a player and are taken for one."""
    texts = read_lines(f"strangers_foreign{report.ending}")
    taken: dict[str, list[bool]] = defaultdict(list)
    for number, (text, answer) in enumerate(zip(texts, understood(texts), strict=True), 1):
        taken[half_of(number)].append(answer["intent"] != "none")
        if answer["intent"] != "none":
            report.miss(half_of(number), f"{answer['intent']} {answer['confidence']:.2f}: {text}")
    values = {half: share(taken[half]) for half in HALVES}
    report.figure("foreign requests taken for music", values, "at most 0.03")


def wishes(report: Report) -> None:
    """Constraints of wishes, and chips that nobody asked for."""
    rows = read_wishes(f"strangers_wishes{report.ending}")
    answers = understood([text for text, _ in rows])
    scores, music = {}, {}
    for half in HALVES:
        part = [i for i in range(len(rows)) if half_of(i + 1) == half]
        chips_of = {rows[i][0]: [chip_of(chip) for chip in answers[i]["chips"]] for i in part}
        scores[half] = score([rows[i] for i in part], chips_of)
        music[half] = share([answers[i]["intent"] != "none" for i in part])
        for miss in scores[half].misses:
            report.miss(half, miss)
    figures = {
        "constraints found": ({h: s.found / s.wanted for h, s in scores.items()}, "0.85"),
        "negations found": ({h: s.negated_found / s.negated for h, s in scores.items()}, "0.85"),
        "chips asked for by nobody": (
            {h: s.unasked / s.chips for h, s in scores.items()},
            "at most 0.15",
        ),
        "wishes taken for music": (music, ""),
    }
    for name, (values, goal) in figures.items():
        report.figure(name, values, goal)


def talks(report: Report) -> None:
    """Intents and slots of the turns of talks."""
    all_talks = read_talks("strangers_talks.tsv")
    numbered = [(number, turn) for number, talk in enumerate(all_talks, 1) for turn in talk]
    answers = understood([turn.text for _, turn in numbered])
    intents: dict[str, list[bool]] = defaultdict(list)
    hits, wanted, given = (dict.fromkeys(HALVES, 0) for _ in range(3))
    for (number, turn), answer in zip(numbered, answers, strict=True):
        half, got = half_of(number), slot_values(answer)
        if "position" not in turn.slots and got.get("position") == {"this"}:
            del got["position"]  # "this one": right, and written down for no turn
        intents[half].append(answer["intent"] in turn.intents)
        right = sum(bool(got.get(name, set()) & values) for name, values in turn.slots.items())
        hits[half] += right
        wanted[half] += len(turn.slots)
        given[half] += len(got)
        if answer["intent"] not in turn.intents or right < max(len(turn.slots), len(got)):
            report.miss(half, f"{turn.text} | {answer['intent']} {answer['slots']}")
    report.figure("talks, intents", {h: share(intents[h]) for h in HALVES}, "")
    f1 = {h: 2 * hits[h] / (wanted[h] + given[h]) for h in HALVES}
    report.figure("talks, slots (F1)", f1, "")


def slot_values(answer: Row) -> dict[str, set[str]]:
    """The values of each slot, folded."""
    values = {}
    for name, value in answer["slots"].items():
        several = value if isinstance(value, list) else [value]
        values[name] = {str(one).casefold().removeprefix("the ") for one in several}
        values[name] |= {str(one).casefold() for one in several}
    return values


def main() -> None:
    """Print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--second", action="store_true")
    parser.add_argument("--misses", choices=("even",))
    parser.add_argument("--write", action="store_true", help="record the figures of the odd half")
    options = parser.parse_args()
    report = Report(second=options.second, misses=options.misses == "even", write=options.write)
    for part in (
        (requests, foreign, wishes) if options.second else (requests, foreign, wishes, talks)
    ):
        part(report)


if __name__ == "__main__":
    main()
