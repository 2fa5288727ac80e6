"""What is asked of a list: the one value that every front end makes and every source reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

from musicrec_core.errors import MusicRecError

NEUTRAL = 0.5
Mode = Literal["for-you", "similar", "dissimilar", "journey"]
MODES: tuple[Mode, ...] = get_args(Mode)
Order = Literal["score", "rising", "falling", "wave", "tempo", "key", "smooth"]
ORDERS: tuple[Order, ...] = get_args(Order)
Verdict = Literal["liked", "played", "skipped"]


@dataclass(frozen=True, slots=True)
class Dials:
    """How a list leans, each in [0, 1]."""

    popular: float = NEUTRAL
    """0 prefers little known artists, 1 well known ones, one half looks at neither."""
    familiar: float = NEUTRAL
    """0 wants what was never heard, 1 what is known."""
    close: float = NEUTRAL
    """0 wants what lies far from what was liked, 1 what lies near."""
    diverse: float = NEUTRAL
    """0 wants one kind of music, 1 many."""
    explore: float = 0.1
    """Share of the list for what is uncertain and promising; 0 leaves it out."""
    taste: float = 0.1
    """In a list for a word: how many deviations of fit the whole range of scores is worth."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said before in a talk: by the person, and then by whoever answered."""

    user: str
    system: str = ""


@dataclass(frozen=True, slots=True)
class HeardSong:
    """A song of a session, and what the person made of it."""

    track_id: int
    verdict: Verdict = "played"


@dataclass(frozen=True, slots=True)
class RadioSession:
    """An endless queue: what it began with, and what was heard in it, in that order.

    A value: `after` gives the session that goes on from it.
    """

    seeds: tuple[str, ...] = ()
    """QUERYs; without any, this person's favourites, or only their scores."""
    heard: tuple[HeardSong, ...] = ()

    def after(self, *songs: HeardSong) -> RadioSession:
        """The session when these songs were heard too."""
        return RadioSession(self.seeds, (*self.heard, *songs))


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A list to make. Without seeds it is for this person; tag, rules, text and `within` limit it.

    Raises MusicRecError where mode and seeds contradict each other.
    """

    count: int = 20
    seeds: tuple[str, ...] = ()
    """Each a QUERY: a path, an id, words; an artist or an album stands for its songs."""
    unlike: tuple[str, ...] = ()
    """QUERYs too: what is not wanted."""
    mode: Mode | None = None
    """None: similar to the seeds, for this person where there are none."""
    tag: str | None = None
    where: str = ""
    """Rules that each song must fit, such as "genre:jazz year:1960..1975" (lists/rules/)."""
    text: str | None = None
    """A wish in words: "calm piano from the 90s, no live versions"."""
    mood: str | None = None
    activity: str | None = None
    """What the music is for: a bundled activity, or one of the person's own."""
    among: tuple[str, ...] = ()
    """QUERYs: only from these artists, albums, folders or lists."""
    turns: tuple[Turn, ...] = ()
    """The talk before that wish, oldest first."""
    dropped: tuple[str, ...] = ()
    """Words of that wish, or of the talk before it, that no longer count."""
    no_repeat_days: float = 0.0
    """Nothing that was in a list within so many days; 0 only puts it down a little."""
    order: Order | None = None
    """How the picks are put in order, whatever they are; None: as they were picked. Rising, falling
    and wave go by energy."""
    session: RadioSession | None = None
    """The radio that is to go on; it has the seeds."""
    within: frozenset[int] | None = None
    """Track ids, where only these may be picked."""
    dials: Dials = field(default_factory=Dials)
    any_time: bool = False
    """What is played at this time of the day and the week does not count."""
    seasonal: bool = False
    """Songs of a season are asked for, whatever season it is."""

    def __post_init__(self) -> None:
        if self.mode == "similar" and not self.seeds:
            raise MusicRecError("similar to what? Name a seed, such as favourites")
        if self.mode == "journey" and len(self.seeds) < 2:
            raise MusicRecError("a journey leads from one seed to another: name two or more")
        if self.mode == "journey" and self.count < len(self.seeds):
            raise MusicRecError(
                f"{len(self.seeds)} seeds are more than the {self.count} songs asked"
            )
        if self.mode == "journey" and self.order not in (None, "score"):
            raise MusicRecError("a journey is its own order: leave out the order, or the mode")
        if self.mode == "for-you" and self.seeds:
            raise MusicRecError("a list for you has no seeds: leave them out, or the mode")

    @property
    def kind(self) -> Mode:
        """The mode that is asked for, or follows."""
        return self.mode or ("similar" if self.seeds else "for-you")

    @property
    def name(self) -> str:
        """What the list is called where it is logged."""
        if self.session is not None:
            return "radio"
        if self.kind not in ("similar", "for-you"):
            return self.kind
        wish = self.text or self.mood or self.activity
        named = (("seeds", self.seeds), ("tag", self.tag), ("text", wish))
        return next((name for name, given in named if given), "for-you")


@dataclass(frozen=True, slots=True)
class SupposedRequest:
    """A list for this person, supposing these opinions beside those that were really given."""

    request: ListRequest
    liked: tuple[str, ...] = ()
    """Each a QUERY that means one track."""
    disliked: tuple[str, ...] = ()
