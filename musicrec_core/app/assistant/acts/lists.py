"""recommend, similar: songs for a wish, and what is said of the list afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from musicrec_core.app.assistant import finding, places, references
from musicrec_core.app.assistant.records import TURNS_KEPT, Reply, TalkState, UnclearError
from musicrec_core.app.lists import recommend as lists
from musicrec_core.app.lists.request import ListRequest, Turn
from musicrec_core.errors import QueryError
from musicrec_core.folding import fold
from musicrec_core.text import count

if TYPE_CHECKING:
    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.app.results import Recommendations
    from musicrec_core.language.records import Chip, Request
    from musicrec_core.records import Track

SHOWN = 10
_PASSED_OVER = frozenset(("retrain-due", "hear-again", "few-fit"))  # said elsewhere
MOST = 200
SEEDS = 20
LABELS = 10  # of the songs shown that the next turn is told of
_GOING_ON = re.compile(
    r"(and|but|also|only|just|now|more|less|another|other|others|instead|not|no|without|even|"
    r"again|something else|a (bit|little) (?!of)|much|make it|still|except|nothing)\b"
    r"|.*\b(only|instead|though|too|as well)$"
)


def recommend(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Songs for a wish, which goes on from the one before where the words do."""
    artist = references.artist_pointed_at(talk, request.text)
    state = _basis(talk, request, chips)
    if artist is not None and _excludes(request.text):
        state = replace(_narrowed(talk.state), without=(*talk.state.without, artist))
        return _shown(talk, request, state, _where(state), ())
    if artist is not None:
        return _shown(talk, request, replace(state, like=()), _by(artist), chips)
    excluded = [chip for chip in chips if chip.kind == "artist" and chip.negated]
    names = (str(chip.value) for chip in excluded)
    state = replace(state, without=tuple(dict.fromkeys((*state.without, *names))))
    others = chips if len(excluded) < len(chips) else ()
    return _shown(talk, request, state, _where(state), others)


def similar(talk: Talk, request: Request, chips: Sequence[Chip]) -> Reply:
    """Songs like those that are pointed at, or like what the words name."""
    artist = references.artist_pointed_at(talk, request.text)
    if artist is not None:
        ids = sorted(talk.context.store.search.by_artist(artist))[:SEEDS]
        seeds = talk.tracks(ids)
    elif any(c.kind in ("artist", "album", "track") for c in chips) and not _is_place(request):
        seeds = _titled(talk, chips)
        if not seeds:
            return recommend(talk, request, chips)
    else:
        seeds = tuple(references.one_pointed_at(talk, request))
    state = replace(TalkState(talk.state.playlist), mentioned=talk.state.mentioned,
                    like=tuple(seed.id for seed in seeds))  # fmt: skip
    others = [c for c in chips if c.kind not in ("artist", "album", "track")]
    return _shown(talk, request, state.mentioning(seeds), "", others)


def drop(talk: Talk, words: str) -> Reply:
    """The list of the last wish anew, without a constraint that stands in these words."""
    if not talk.state.turns:
        raise QueryError("there is no wish to take anything from")
    state, last = talk.state, talk.state.turns[-1]
    without = tuple(name for name in state.without if fold(name) != fold(words))
    dropped = (*state.dropped, words)
    state = replace(state, turns=state.turns[:-1], without=without, dropped=dropped)
    return _made(talk, state, ListRequest(
        SHOWN, seeds=tuple(str(id_) for id_ in state.like), text=last.user,
        turns=state.turns, where=_where(state), dropped=state.dropped,
    ), last.user, f"without “{words}”")  # fmt: skip


def songs_for(talk: Talk, request: Request, chips: Sequence[Chip], wanted: int) -> Recommendations:
    """The best songs for the constraints in a request, to be added somewhere; none is shown."""
    by = references.artist_pointed_at(talk, request.text)
    artists = [c for c in chips if c.kind == "artist"]
    text = ", ".join(f"{'no ' if c.negated else ''}{c.text}" for c in chips if c.kind != "artist")
    where = [_by(by)] if by is not None else []
    for chip in artists:
        name = str(chip.value)
        if not chip.negated and not talk.context.store.search.by_artist(name):
            raise UnclearError(f"no song of your library is by “{name}”")
        where.append(f"-{_by(name)}" if chip.negated else _by(name))
    asked = ListRequest(count=min(wanted, MOST), text=text or None, where=" ".join(where))
    return lists.recommend(talk.context, asked)


def notes(made: Recommendations, *, unsaid: frozenset[str] = frozenset()) -> str:
    """What there is to say of a list, in sentences; constraints that could not count among it."""
    passed = _PASSED_OVER | unsaid
    sentences = (notice.sentence for notice in made.notices if notice.code not in passed)
    return " ".join(f"{sentence[:1].upper()}{sentence[1:]}." for sentence in sentences)


def goes_on(text: str, chips: Sequence[Chip]) -> bool:
    """Whether a wish changes the one before: it compares, only excludes, or says so."""
    understood = [chip for chip in chips if chip.kind != "unknown"]
    if _GOING_ON.match(fold(text)) or any(chip.relative for chip in understood):
        return True
    return bool(understood) and all(chip.negated for chip in understood)


def _titled(talk: Talk, chips: Sequence[Chip]) -> tuple[Track, ...]:
    """The songs that names mean which no artist and no album has."""
    names = [str(c.value) for c in chips if c.kind in ("artist", "track") and not c.negated]
    search = talk.context.store.search
    names = [name for name in names if not (search.by_artist(name) or search.of_album(name))]
    return tuple(track for name in names for track in finding.song(talk.context, name).tracks)


def _is_place(request: Request) -> bool:
    return places.position(request)[0] is not None


def _excludes(text: str) -> bool:
    return (
        re.search(r"\b(not|no|nothing|never|without|except|but|anyone)\b", fold(text)) is not None
    )


def _basis(talk: Talk, request: Request, chips: Sequence[Chip]) -> TalkState:
    """What a new wish starts from: the talk where it goes on, else nothing."""
    state = talk.state
    if (state.turns or state.like) and goes_on(request.text, chips):
        compares = any(chip.relative for chip in chips)
        if not chips or compares:
            return replace(state, like=()) if compares else state
        return _narrowed(state)
    return replace(state, turns=(), without=(), like=())


def _narrowed(state: TalkState) -> TalkState:
    """The talk without what was shown: who only narrows a list may keep songs of it."""
    return replace(state, turns=tuple(Turn(turn.user) for turn in state.turns))


def _where(state: TalkState) -> str:
    return " ".join(f"-{_by(name)}" for name in state.without)


def _by(artist: str) -> str:
    """The rule that a song is by an artist; a name is folded, so that nothing in it is syntax."""
    return f'artist:"={fold(artist).replace(chr(34), "") or "?"}"'


def _shown(
    talk: Talk, request: Request, state: TalkState, where: str, chips: Sequence[Chip]
) -> Reply:
    """Make the list, let the talk stand after it, and say what it is."""
    wanted = request.slots.get("number")
    again = {chip.text.casefold() for chip in chips}
    dropped = [] if not state.turns else [w for w in state.dropped if w.casefold() not in again]
    state = replace(state, dropped=tuple(dropped))
    asked = ListRequest(
        count=min(wanted, MOST) if isinstance(wanted, int) and wanted > 0 else SHOWN,
        seeds=tuple(str(id_) for id_ in state.like),
        text=request.text if chips or state.turns else None, turns=state.turns, where=where,
        dropped=state.dropped,
    )  # fmt: skip
    wish = request.text if chips else ""
    return _made(talk, state, asked, wish, f"the list for “{request.text}”")


def _made(talk: Talk, state: TalkState, asked: ListRequest, wish: str, step: str) -> Reply:
    """Make the list; `said` is the turn it answers, `step` what `undo` would take back."""
    made = lists.recommend(talk.context, asked)
    if not made.picks and any(chip.relative for chip in made.chips):
        # All that there is was shown: who compares may see it again, in another order.
        asked = replace(asked, turns=_narrowed(state).turns)
        made = lists.recommend(talk.context, asked)
    tracks = tuple(pick.track for pick in made.picks)
    turn = Turn(wish, "; ".join(track.label for track in tracks[:LABELS]))
    after = replace(state.showing(tracks), turns=(*state.turns, turn)[-TURNS_KEPT:])
    if tracks:
        talk.keep(after, step)
    return Reply(_sentence(talk, asked, state, made), bool(tracks), tracks=tracks, picks=made.picks,
                 uncounted=_uncounted(made))  # fmt: skip


def _uncounted(made: Recommendations) -> tuple[str, ...]:
    codes = ("wish-not-understood", "wish-not-judged", "wish-no-evidence")
    return tuple(str(n.values["words"]) for n in made.notices if n.code in codes)


def _sentence(talk: Talk, asked: ListRequest, state: TalkState, made: Recommendations) -> str:
    # "Another one" is understood without any constraint.
    bare = bool(asked.turns) and not made.chips
    remarks = notes(made, unsaid=frozenset(("wish-not-understood",)) if bare else frozenset())
    without = f", without {', '.join(state.without)}" if state.without else ""
    like = talk.tracks(state.like[:1])
    what = f" like {like[0].label}" if like else " for you" if asked.text is None else ""
    start = f"Here {'is' if len(made.picks) == 1 else 'are'} {count(len(made.picks), 'song')}"
    if not made.picks:
        start = (
            f"No {'other ' if asked.turns else ''}song of your library {'is' if like else 'fits'}"
        )
    return f"{start}{what}{without}. {remarks}".rstrip()
