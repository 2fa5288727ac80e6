"""Slot F1 of the tagger on held-out SNIPS utterances: whole spans, exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from musicrec_core.language.tagger import Tagger
from musicrec_core.language.tokens import tokenise
from training.language.corpora import Labelled, Span

OURS = ("artist", "track", "album", "playlist", "genre", "year", "entity_name")


@dataclass(frozen=True, slots=True)
class SlotScore:
    """Spans that are right, found and wanted."""

    right: int
    found: int
    wanted: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / max(self.found + self.wanted, 1)


def slot_scores(rows: Iterable[Labelled], tagger: Tagger) -> dict[str, SlotScore]:
    """Scores by slot, of `all` labels and of `ours`, those that a request of ours may have."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for row in rows:
        tokens = tokenise(row.text)
        gold = set(_gold(row.spans))
        got = set()
        for start, end, slot in tagger.spans(tokens):
            got.add((row.text[tokens[start].start : tokens[end - 1].end], slot))
        right.update(slot for _, slot in gold & got)
        found.update(slot for _, slot in got)
        wanted.update(slot for _, slot in gold)
    scores = {s: SlotScore(right[s], found[s], wanted[s]) for s in wanted | found}
    for name, slots in (("all", tuple(scores)), ("ours", OURS)):
        scores[name] = SlotScore(
            *(sum(counts[slot] for slot in slots) for counts in (right, found, wanted))
        )
    return scores


def _gold(spans: Iterable[Span]) -> Iterable[tuple[str, str]]:
    for text, slot in spans:
        tokens = tokenise(text)
        if slot is not None and tokens:
            quotes = [t for t in tokens if t.text not in "\"'"] or tokens
            yield text[quotes[0].start : quotes[-1].end], slot
