"""What is asked of a list: the one value that every front end makes and every source reads."""

from __future__ import annotations

from dataclasses import dataclass, field

NEUTRAL = 0.5


@dataclass(frozen=True, slots=True)
class Dials:
    """How a list leans, each in [0, 1]."""

    popular: float = NEUTRAL
    """0 prefers little known artists, 1 well known ones, one half looks at neither."""
    explore: float = 0.1
    """Share of the list for what is uncertain and promising; 0 leaves it out."""
    taste: float = 0.1
    """In a list for a word: how many deviations of fit the whole range of scores is worth."""


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A list to make. Without seeds it is for this person; a tag and `within` limit it."""

    count: int = 20
    seeds: tuple[str, ...] = ()
    """Each a QUERY: a path, an id, words; an artist or an album stands for its songs."""
    tag: str | None = None
    within: frozenset[int] | None = None
    """Track ids, where only these may be picked."""
    dials: Dials = field(default_factory=Dials)

    @property
    def name(self) -> str:
        """What the list is called where it is logged."""
        return "seeds" if self.seeds else "tag" if self.tag else "for-you"
