"""Names of artists, albums, tracks and playlists in free words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from musicrec_core.language.chips.scope import cue_at
from musicrec_core.language.features import is_rare, known_size
from musicrec_core.language.lexicon import Lexicon
from musicrec_core.language.positions import points_at
from musicrec_core.language.records import ChipKind, Gazetteer
from musicrec_core.language.tokens import Token, quoted, word_set

LONGEST_NAME = 7
_CUE_PHRASES: dict[ChipKind, str] = {
    "artist": """
        similar to | in the style of | in the vein of | sounds like | sound like | reminiscent of |
        inspired by | along the lines of | close to | songs like | music like | something like |
        bands like | artists like | fans of | like | by | from artists like | resembling |
        nothing by | anything by | a la | sounding like | more like | covers of | written by |
        sung by
        """,
    "album": "the album | from the album | off the album | album called | album | the record",
    "playlist": "my playlist | the playlist | playlist called | playlist named | from playlist",
    "track": "the song | the track | song called | track called | the tune",
}
_CUES = tuple(
    (tuple(phrase.split()), kind)
    for kind, phrases in _CUE_PHRASES.items()
    for phrase in phrases.split("|")
)
_STOP = word_set(
    """
    but with without from for only please to that who when while no not which except on at
    than is are was or nor then right it's 's because so if during instead , . ; ! ? : ( ) - "
    ' it as just too more less they has have playlist album song songs track music now very
    minus sans
    """
)
_NEVER_FIRST = _STOP | word_set(
    """
    this that these those it them him her he she me a an i my what some something anything you
    your we us they his its our someone everyone one ones any all everything nothing how there
    here men women man woman people myself called named usual before each other people's being
    listening hearing dancing
    """
)
_LEADING = word_set(
    """
    the early late old new classic older newer earlier later
    """
)
_JOINERS = word_set(
    """
    of the and & de la le el von van der du y n feat ft
    """
)


@dataclass(frozen=True, slots=True)
class Name:
    """Tokens [start, end) are a name of that kind."""

    start: int
    end: int
    kind: ChipKind


def find_names(
    tokens: Sequence[Token],
    text: str,
    lexicon: Lexicon,
    gazetteer: Gazetteer | None,
    artists: frozenset[int] = frozenset(),
) -> list[Name]:
    """Names in quotes, behind their cues, of the library, of known artists, or with capitals.

    artists: known ones as `name_hash` makes them.
    """
    names: list[Name] = []
    for name in (
        *_quoted(tokens, text),
        *_cued(tokens, lexicon),
        *(_in_library(tokens, gazetteer, lexicon) if gazetteer else ()),
        *_excluded(tokens, lexicon),
        *known_artists(tokens, lexicon, artists),
        *_capitals(tokens, lexicon),
    ):
        if not any(name.start < other.end and other.start < name.end for other in names):
            names.append(name)
    return sorted(names, key=lambda name: name.start)


def _quoted(tokens: Sequence[Token], text: str) -> Iterator[Name]:
    for start, end in quoted(list(tokens), text):
        before = {token.low for token in tokens[max(0, start - 3) : start]}
        kind: ChipKind = "track"
        for word in ("album", "playlist"):
            if word in before:
                kind = "album" if word == "album" else "playlist"
        if before & {"by", "like"}:
            kind = "artist"
        yield Name(start, end, kind)


def _cued(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Name]:
    low = [token.low for token in tokens]
    for i in _outside_phrases(low, lexicon):
        for phrase, kind in _CUES:
            if tuple(low[i : i + len(phrase)]) == phrase:
                name = _name_from(tokens, low, i + len(phrase), kind, lexicon)
                if name is not None:
                    yield name


def _outside_phrases(low: Sequence[str], lexicon: Lexicon) -> Iterator[int]:
    """The words that are not within a phrase of taste, such as "by heart"."""
    i = 0
    while i < len(low):
        match = lexicon.at(low, i)
        if match is None or match.size == 1:
            yield i
        i += match.size if match is not None and match.size > 1 else 1


def _name_from(
    tokens: Sequence[Token], low: Sequence[str], i: int, kind: ChipKind, lexicon: Lexicon
) -> Name | None:
    if kind == "artist" and i + 1 < len(low) and low[i] in _LEADING and not tokens[i].capital:
        i += low[i] != "the" or lexicon.at(low, i + 1) is not None
    if i >= len(low) or low[i] in _NEVER_FIRST or not tokens[i].is_word:
        return None
    if points_at(low[i:]) and not tokens[i].capital:
        return None
    end = i
    while end < len(low) and end - i < LONGEST_NAME and low[end] not in _STOP:
        after = tokens[end + 1] if end + 1 < len(low) else None
        if low[end] == "and" and not (after and (after.capital or after.low == "the")):
            break
        end += 1
    while end > i and low[end - 1] in _JOINERS:
        end -= 1
    if end == i:
        return None
    match = lexicon.at(low[i:end], 0)
    capital = tokens[i].capital and kind != "genre"
    if match is not None and (match.size == end - i or not capital) and kind == "artist":
        return None
    return Name(i, end, kind)


def _in_library(tokens: Sequence[Token], gazetteer: Gazetteer, lexicon: Lexicon) -> Iterator[Name]:
    low = [token.low for token in tokens]
    order: tuple[ChipKind, ...] = ("artist", "playlist", "album", "track")
    i = 0
    while i < len(tokens):
        for size in range(min(5, len(tokens) - i), 0, -1):
            piece = tokens[i : i + size]
            if (size == 1 and not (piece[0].capital and i)) or not (
                piece[0].is_word and piece[-1].is_word
            ):
                continue
            match = lexicon.at(low, i)
            if match is not None and match.size >= size and not piece[0].capital:
                continue
            kinds = gazetteer.kinds(" ".join(token.text for token in piece))
            kind = next((k for k in order if k in kinds), None)
            if kind is not None and (size > 1 or kind == "artist"):
                yield Name(i, i + size, kind)
                i += size - 1
                break
        i += 1


def _excluded(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Name]:
    """Rare words right behind "without", "no" or "except": "oldies without elvis"."""
    low = [token.low for token in tokens]
    for i in range(len(low)):
        cue = cue_at(low, i)
        if cue is None or cue.kind not in ("far", "plain"):
            continue
        start = end = i + cue.size
        while end < len(low) and (
            (end > start and tokens[end].capital)
            or (is_rare(low[end], lexicon) and lexicon.at(low, end) is None)
        ):
            end += 1
        if end > start and lexicon.corrected(low[start]) is None:
            yield Name(start, end, "artist")


def known_artists(
    tokens: Sequence[Token], lexicon: Lexicon, artists: frozenset[int]
) -> Iterator[Name]:
    """Artists that many know, however they are written, unless all their words are common."""
    low = [token.low for token in tokens]
    i = 0
    while i < len(low):
        size = known_size(low, i, artists)
        words = low[i : i + size]
        rare = [is_rare(word, lexicon) for word in words]
        if any(rare) and lexicon.at(low, i) is None and cue_at(low, i) is None:
            yield Name(i, i + size, "artist")
        i += max(size, 1)


def _capitals(tokens: Sequence[Token], lexicon: Lexicon) -> Iterator[Name]:
    low = [token.low for token in tokens]
    if sum(token.capital for token in tokens) > 0.7 * len(tokens) and len(tokens) > 3:
        return  # a title or shouting: capitals say nothing
    i = 0
    while i < len(tokens):
        if _opens_with_name(low, i, lexicon):
            yield Name(i, i + 1, "artist")
        if not tokens[i].capital or low[i] in ("i", "ok") or not low[i].isalpha():
            i += 1
            continue
        end = i + 1
        while end < len(tokens) and (
            tokens[end].capital
            or (low[end] in _JOINERS and end + 1 < len(tokens) and tokens[end + 1].capital)
        ):
            end += 1
        match = lexicon.at(low, i)
        at_start = i == 0 or tokens[i - 1].low in ".!?:"
        if at_start and (end == i + 1):
            alone = end < len(tokens) and low[end] in (",", "'s") and len(low[i]) > 4
            if not alone or match is not None or lexicon.is_ordinary(low[i]):
                i = end
                continue
        elif match is not None and match.size >= end - i:
            i = end
            continue
        elif at_start and lexicon.is_ordinary(low[i]):
            i += 1
            continue
        yield Name(i, end, "artist")
        i = end


def _opens_with_name(low: Sequence[str], i: int, lexicon: Lexicon) -> bool:
    """Whether a wish begins with one word that is no English word, and a comma: "mozart, ..."."""
    if i or len(low) < 2 or low[1] != "," or len(low[0]) < 4 or not low[0].isalpha():
        return False
    is_word = lexicon.at(low, 0) is not None or lexicon.is_ordinary(low[0])
    return not is_word and lexicon.corrected(low[0]) is None
