"""Understanding of requests and wishes: quality on public and hand-written sets, and speed.

python -m benchmarks understanding --language DIR

What each set is, and which parts of it were trained on, stands in training/language/corpora.py.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from benchmarks.caption_words import coverage
from benchmarks.slot_scores import slot_scores
from benchmarks.wishes import DATA, read_wishes, score
from musicrec_core.language.lexicon import read_lexicon
from musicrec_core.language.tagger import read_tagger
from musicrec_core.language.understander import Understander, load
from musicrec_core.paths import bundled_models
from training.language.corpora import Labelled, clinc, playlist_intents, snips

LOADING = (
    "import time; t = time.perf_counter()\n"
    "from pathlib import Path\n"
    "from musicrec_core.language.understander import load\n"
    "load(Path({!r})).understand('play something'); print(time.perf_counter() - t)"
)
RUNS = 7


def main() -> None:
    """Print every figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--language", type=Path, required=True, help="folder with the corpora")
    folder = parser.parse_args().language
    understander = load(bundled_models())
    commands(folder, understander)
    foreign(folder, understander)
    for name in ("requests.tsv", "requests_second.tsv", "requests_third.tsv"):
        requests(name, understander)
    wishes(understander)
    slots(folder)
    words(folder)
    speed(folder, understander)


def _share(rights: Sequence[bool]) -> float:
    return sum(rights) / max(len(rights), 1)


def commands(folder: Path, understander: Understander) -> None:
    """The templated commands kept for evaluation."""
    rows = playlist_intents(folder, "eval")
    right = [understander.understand(row.text).intent == row.intent for row in rows]
    print(f"(a) playlist intents, evaluation file: {_share(right):.3f} (goal 0.99)")


def foreign(folder: Path, understander: Understander) -> None:
    """Out-of-scope queries and everyday requests, and the true commands among them."""
    for name, parts in (("trained on", ("oos_train", "oos_val")), ("never seen", ("oos_test",))):
        taken = _taken(clinc(folder, parts), understander)
        print(f"(c) out-of-scope queries taken for music, {name}: {_share(taken):.3f} (goal 0.02)")
    rows = clinc(folder, ("test",))
    everyday = [row for row in rows if row.intent == "none"]
    true = [row for row in rows if row.intent != "none"] + playlist_intents(folder, "eval")
    true += [row for row in snips(folder)[1] if row.intent != "SearchCreativeWork"]
    print(
        f"    everyday requests of others, never seen: {_share(_taken(everyday, understander)):.3f}"
    )
    print(f"    true commands that pass: {_share(_taken(true, understander)):.3f} (goal 0.97)")


def _taken(rows: Sequence[Labelled], understander: Understander) -> list[bool]:
    return [understander.understand(row.text).intent != "none" for row in rows]


def requests(name: str, understander: Understander) -> None:
    """Hand-written requests, averaged over kinds; all three sets were looked at while tuning."""
    kinds: dict[str, list[bool]] = defaultdict(list)
    for line in (DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            wanted, text = line.split("\t")
            understood = understander.understand(text)
            got = "+".join((understood.intent, *(request.intent for request in understood.further)))
            kinds["several" if "+" in wanted else wanted].append(
                got == wanted if "+" in wanted else understood.intent in wanted.split("|")
            )
    taken = 1 - _share(kinds.pop("none"))
    several = kinds.pop("several", [])
    mean = sum(map(_share, kinds.values())) / len(kinds)
    print(f"(d) {name}, mean over kinds: {mean:.3f} (goal 0.85)")
    print(f"    foreign ones taken for music: {taken:.3f} (goal 0.03)")
    if several:
        print(f"    several requests in one sentence, all right: {_share(several):.3f}")
    lowest = sorted((_share(rights), kind) for kind, rights in kinds.items())[:4]
    print("    lowest: " + ", ".join(f"{kind} {share:.2f}" for share, kind in lowest))


def wishes(understander: Understander) -> None:
    """The hand-written wishes: those that were tuned on, and those that were not."""
    for name in ("wishes.tsv", "wishes_heldout.tsv"):
        rows = read_wishes(name)
        measured = score(rows, {text: understander.chips(text) for text, _ in rows})
        print(
            f"(e) {name}: {measured.found / measured.wanted:.3f} of {measured.wanted} constraints, "
            f"{measured.negated_found} of {measured.negated} negated; "
            f"asked for by nobody: {measured.unasked / measured.chips:.3f}"
        )
        asked = [understander.understand(text) for text, _ in rows]
        share = _share([u.intent in ("recommend", "similar", "play") for u in asked])
        whole = score(rows, {text: u.chips for (text, _), u in zip(rows, asked, strict=True)})
        print(f"    as whole requests: {share:.3f} music, {whole.found / whole.wanted:.3f} found")


def slots(folder: Path) -> None:
    """Slots of held-out SNIPS utterances."""
    measured = slot_scores(snips(folder)[1], read_tagger(bundled_models()))
    print(f"(b) slot F1 on held-out SNIPS: all labels {measured['all'].f1:.3f} (goal 0.92)")
    print(f"    as the slots that we tell apart: {measured['told apart'].f1:.3f}")
    print(f"    artist, title, album, playlist, genre, year alone: {measured['ours'].f1:.3f}")


def words(folder: Path) -> None:
    """What the captions' words mean to us."""
    written, once, _ = coverage(folder, read_lexicon(bundled_models()))
    print(f"(f) caption aspects known or ignored: {written:.3f} as written, {once:.3f} each once")


def speed(folder: Path, understander: Understander) -> None:
    """Milliseconds an utterance, and seconds from nothing to the first answer."""
    texts = [row.text for row in snips(folder)[1]] + [text for text, _ in read_wishes("wishes.tsv")]
    times = []
    for text in texts:
        started = time.perf_counter()
        understander.understand(text)
        times.append(1000 * (time.perf_counter() - started))
    times.sort()
    print(
        f"(g) an utterance: median {times[len(times) // 2]:.2f} ms, "
        f"99th percentile {times[len(times) * 99 // 100]:.2f} ms (goal 10)"
    )
    code = LOADING.format(str(bundled_models()))
    loads = sorted(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(RUNS)
    )
    print(f"    load and first answer, a new process: median {loads[RUNS // 2]:.3f} s (goal 0.5)")
    started = time.perf_counter()
    understander.understand("add very " * 20_000)
    print(f"    180,000 characters: {1000 * (time.perf_counter() - started):.0f} ms")


if __name__ == "__main__":
    main()
