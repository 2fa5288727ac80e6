"""Slot F1 of the tagger on held-out SNIPS utterances: whole spans, exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from musicrec_core.language.tagger import Tagger
from musicrec_core.language.tokens import tokenise
from training.language.corpora import Labelled, Span

OURS = ("artist", "track", "album", "playlist", "genre", "year", "entity_name")


# What SNIPS tells apart by the file alone, and one slot of ours holds.
TITLES = ("track", "album", "entity_name", "object_name")


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
    """Scores by slot, and of groups of slots.

    `all`; `ours`, those that a request of ours may have; `told apart`, all with every kind of title
    as one.
    """
    counts = [Counter[str](), Counter[str](), Counter[str]()]
    for row in rows:
        tokens = tokenise(row.text)
        gold = set(_gold(row.spans))
        got = {
            (row.text[tokens[start].start : tokens[end - 1].end], slot)
            for start, end, slot in tagger.spans(tokens)
        }
        for counter, spans in zip(counts, (gold & got, got, gold), strict=True):
            counter.update(slot for _, slot in spans)
        merged, merged_got = _merged(gold), _merged(got)
        for counter, spans in zip(counts, (merged & merged_got, merged_got, merged), strict=True):
            counter["told apart"] += len(spans)
    slots = sorted(set(counts[1] | counts[2]) - {"told apart"})
    scores = {slot: SlotScore(*(counter[slot] for counter in counts)) for slot in slots}
    scores["told apart"] = SlotScore(*(counter["told apart"] for counter in counts))
    for name, some in (("all", slots), ("ours", OURS)):
        scores[name] = SlotScore(*(sum(counter[s] for s in some) for counter in counts))
    return scores


def _merged(spans: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {(text, "title" if slot in TITLES else slot) for text, slot in spans}


def _gold(spans: Iterable[Span]) -> Iterable[tuple[str, str]]:
    for text, slot in spans:
        tokens = tokenise(text)
        if slot is not None and tokens:
            quotes = [t for t in tokens if t.text not in "\"'"] or tokens
            yield text[quotes[0].start : quotes[-1].end], slot
