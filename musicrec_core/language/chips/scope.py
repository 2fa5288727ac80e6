"""Which words negate or weigh what follows them, and how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musicrec_core.language.records import A_LITTLE, MUCH, PLAIN
from musicrec_core.language.tokens import word_set

# Negations: "far" ones reach to the end of their part of the sentence, over "and" as well;
# "plain" ones over "or" and lists of a kind; "near" ones only the words right behind them.
_FAR = """
    anyone but | anybody but | everyone but | anything but | everything but | all but |
    anything except | everything except |
    all except | except for | except | excluding | apart from | aside from | other than |
    besides | without any | without | avoid | avoiding | leave out | dont want any |
    dont want anything | dont want | do not want | dont play any | dont play | do not play |
    dont give me any | dont give me | dont like | do not like | dislike | hate |
    cant stand | cannot stand | tired of | sick of | bored of | fed up with | enough of |
    keep away from | stay away from | neither | nor | instead of | rather than | minus |
    do without | free of | skip the | skip all | skip | had enough of |
    not in the mood for | steer clear of | none of | get rid of | never | cant deal with |
    cant handle | cant bear | cant take | cannot bear | no mood for | dont fancy | dont need |
    dont feel like | not into | not up for | ditch the | lose the | nothing with | nothing by |
    nothing from | nothing in | leave off | spare me | i wont have | exclude | omit | ban
    """
_PLAIN = """
    no more | not another | not any | not even | hardly any | barely any | hardly | barely |
    nothing | none | no | not | isnt | arent | wasnt | doesnt have | doesnt | wont |
    shouldnt | shouldnt be | dont | havent | enough | aint | few | lacking | zero |
    cannot be | cant be | mustnt be
    """
_NEAR = """
    not too | isnt too | nothing too | never too | not so | isnt so | not very | not that |
    not as | nothing as | not really | not overly | not particularly | not extremely |
    not all that | without being too | without getting too | too | less | a bit less |
    a little less | much less | way less | fewer | dont be too | a bit too | far too |
    slightly less | isnt very | isnt that | isnt as | nothing very | nothing so |
    isnt all that
    """
# What looks like a negation and is none, or ends one.
_NONE = """
    nothing but | not only | not just | no matter | why not | dont mind | doesnt matter |
    dont care | no problem | not bad | cant get enough of | cant wait | nothing beats |
    never get tired of | whether or not | no idea | not sure | no wonder | never enough |
    no thanks | no need | dont know | dont forget | dont stop | never gets old |
    get enough of | not sad enough | dont worry | no doubt | not a problem | if not |
    or not | not to mention
    """
_END = """
    but | although | though | however | just | only | instead | yet | except that | still |
    rather | i want | i do want | give me | play
    """
_LITTLE = """
    a bit of | a bit | a little bit of | a little bit | a little | little | slightly |
    somewhat | a touch of | a touch | a hint of | a dash of | a tiny bit of | a tiny bit |
    a tad | mildly | kind of | sort of | a pinch of | vaguely | a splash of | some hint of |
    faintly | occasional | not much
    """
_MUCH = """
    very | really | extremely | super | lots of | a lot of | a lot | mainly | mostly |
    much | heavily | ultra | mega | totally | especially | primarily | predominantly | so |
    incredibly | insanely | hugely | plenty of | tons of | purely | way | above all |
    as much | heavy on | far | truly | intensely | full of | loads of | strongly |
    absolutely | quite a lot of
    """
_BARE = frozenset(("not", "isnt", "arent", "never"))
_LONGEST = 5


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that change how the next constraints are meant."""

    size: int
    kind: str  # far, plain, near, none, end, degree
    degree: float = PLAIN
    bare: bool = False  # "not", which denies a word, where "no" excludes a thing


def _table() -> dict[tuple[str, ...], Cue]:
    cues: dict[tuple[str, ...], Cue] = {}
    sources = (
        ("none", _NONE, PLAIN), ("near", _NEAR, A_LITTLE), ("far", _FAR, PLAIN),
        ("plain", _PLAIN, PLAIN), ("end", _END, PLAIN), ("degree", _LITTLE, A_LITTLE),
        ("degree", _MUCH, MUCH),
    )  # fmt: skip
    for kind, phrases, degree in sources:
        for phrase in phrases.split("|"):
            key = tuple(phrase.split())
            cues.setdefault(key, Cue(len(key), kind, degree, phrase.strip() in _BARE))
    return cues


_CUES = _table()
_FIRST = frozenset(phrase[0] for phrase in _CUES)
# Behind these a negated list has ended once something was negated: "no vocals for studying".
NEW_PART = word_set(
    """
    for from with in by at on to featuring like while when during
    """
)


def cue_at(low: Sequence[str], i: int) -> Cue | None:
    """The longest cue that begins at word i."""
    if low[i] not in _FIRST:
        return None
    for size in range(min(_LONGEST, len(low) - i), 0, -1):
        cue = _CUES.get(tuple(low[i : i + size]))
        if cue is not None:
            return cue
    return None


class Scope:
    """What negation and degree are in force, while the words go by."""

    def __init__(self) -> None:
        self._cue: Cue | None = None
        self._kinds: set[str] = set()
        self._joined = ""  # "and", "or" or "," since the last constraint
        self._distance = 0
        self._degree = PLAIN

    @property
    def negates(self) -> bool:
        """Whether a negation is in force."""
        return self._cue is not None

    def take_cue(self, cue: Cue) -> None:
        """A cue begins: a negation, a degree, or an end."""
        if cue.kind == "degree":
            self._degree = cue.degree
        elif cue.kind in ("none", "end"):
            self._clear()
        else:
            self._clear()
            self._cue = cue

    def take_word(self, word: str, another_or: bool) -> None:
        """A word that is no constraint; `another_or` where "or" or "nor" follows soon."""
        self._distance += 1
        if word in (".", ";", "!", "?", ":", "(", ")", "-"):
            self._clear()
            self._degree = PLAIN
        elif word == ",":
            keep = bool(self._kinds) and another_or
            self._clear() if not keep else None
            self._degree = PLAIN
        elif word in ("and", "or", "nor", "&"):
            self._joined = word
        elif word in NEW_PART and self._kinds:
            self._clear()
        if self._cue is not None and self._cue.kind == "near" and self._distance > 3:
            self._clear()
        if self._distance > 2:
            self._degree = PLAIN

    def take_constraint(self, kind: str) -> tuple[bool, float]:
        """Whether a constraint of that kind is negated here, and its degree."""
        degree, self._degree = self._degree, PLAIN
        cue = self._cue
        if cue is not None and self._joined in ("and", "&") and self._kinds:
            same = kind in self._kinds
            if cue.kind == "near" or (cue.kind == "plain" and not same):
                cue = self._cue = None
        if cue is not None and cue.kind == "near" and not self._joined and self._kinds - {kind}:
            cue = self._cue = None  # "not too fast indie rock": what is not too fast is rock
        if cue is not None and cue.bare and kind == "genre" and self._kinds == {"mood"}:
            cue = self._cue = None  # "not cheesy pop": what is not cheesy is pop
        self._joined, self._distance = "", 0
        if cue is None:
            return False, degree
        self._kinds.add(kind)
        return True, cue.degree if cue.degree != PLAIN else degree

    def _clear(self) -> None:
        self._cue, self._joined, self._distance = None, "", 0
        self._kinds = set()
