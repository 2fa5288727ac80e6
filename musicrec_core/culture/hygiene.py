r"""Tag hygiene: one spelling per meaning, several meanings apart, opinions gone, by plain rules.

What is split: ";", "|", "\\", ">", bullets, " - ", NUL and line ends always; "," and "/" too
("Rock/Pop" is rock and pop, "calm/peaceful" is calm and peaceful), except in the few names that
own a slash ("singer/songwriter"). "&", "and" and "+" split two known names ("House & Techno"), but
no known name: "drum & bass" is "drum and bass", "r&b" stays. "-" joins: "singer-songwriter" stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from musicrec_core.culture import vocabulary as words
from musicrec_core.folding import plain_letters


class TagClass(StrEnum):
    """What kind of thing a tag says of music."""

    GENRE = "genre"
    MOOD = "mood"
    ERA = "era"
    PLACE = "place"
    INSTRUMENT = "instrument"
    OTHER = "other"


def clean_tags(raw: Iterable[str]) -> tuple[str, ...]:
    """The tags that `raw` means, in its order, each once: `["(17)", "Rock/Pop"]` is rock, pop."""
    return tuple(dict.fromkeys(tag for text in raw for tag in _meanings(text)))


def clean_weighted(raw: Iterable[tuple[str, float]]) -> dict[str, float]:
    """As `clean_tags` for tags with weights; spellings of one tag keep the largest weight."""
    cleaned: dict[str, float] = {}
    for text, weight in raw:
        for tag in _meanings(text):
            cleaned[tag] = max(weight, cleaned.get(tag, weight))
    return cleaned


@lru_cache(maxsize=65536)
def classify(tag: str) -> TagClass:
    """The class of a tag, by the lists, else by its words: the last one that tells decides."""
    name = next(iter(_meanings(tag)), "")
    if name in _CLASSES:
        return _CLASSES[name]
    if _DECADE.fullmatch(name) or re.fullmatch(r"\d\dth century", name):
        return TagClass.ERA
    parts = re.split(r"[\s-]+", name)
    if any(part in words.GENRE_WORDS for part in parts) or _GENRE_ENDING.search(name):
        return TagClass.GENRE
    return next((_CLASSES[part] for part in reversed(parts) if part in _CLASSES), TagClass.OTHER)


def fold(text: str) -> str:
    """Lower case, Latin accents off, one kind of dash and quote, single spaces."""
    return " ".join(plain_letters(text).translate(_PUNCTUATION).split()).strip(" .,:!?*#\"'~-()[]")


def squash(text: str) -> str:
    """What is left to compare when spaces, hyphens and the ways of saying "and" are folded."""
    return _NO_LETTER.sub("", _AND.sub("&", fold(text)))


@lru_cache(maxsize=65536)
def _meanings(text: str) -> tuple[str, ...]:
    """The clean tags in one raw text; none for opinions and noise."""
    text = unicodedata.normalize("NFKC", text)  # a full-width sign splits as the plain one does
    parts = [named for part in _split(text) for named in _numbers_named(part)]
    tags = [tag for part in parts for tag in _spelled(part) if not _is_noise(tag)]
    return tuple(dict.fromkeys(tags))


def _numbers_named(text: str) -> list[str]:
    """ID3v1 numbers at the start ("17", "(17)", "(4)(18)Disco") by name, and what follows them."""
    text = text.strip()
    if re.fullmatch(r"\d{1,3}", text):
        text = f"({text})"
    split_words: list[str] = []
    while match := re.match(r"\((\d{1,3}|RX|CR)\)\s*", text):
        code = match[1]
        number = int(code) if code.isdigit() else len(words.ID3V1)
        name = words.ID3V1[number] if number < len(words.ID3V1) else _ID3V2.get(code, "")
        split_words += _split(name)
        text = text[match.end() :]
    return [*split_words, text]


def _split(text: str) -> list[str]:
    """The names in a list of names; a known spelling of one name stays whole."""
    parts: list[str] = []
    for part in re.split(r"[;|>\\\x00\r\n\uff0f\u3001\u2022\u00b7]+|\s[-\u2013]\s", text):
        whole = squash(part) in _ALIASES or fold(part) in words.SLASHED_NAMES
        parts += [part] if whole else re.split(r"[,/]", part)
    return [re.sub(r"^\s*(?:&|and\b)\s*", "", part) for part in parts]


def _spelled(text: str) -> tuple[str, ...]:
    """The tags that one name stands for, in their usual spelling; none when it says nothing."""
    name = fold(text.replace("_", " "))
    if not name or name in words.NO_TAG:
        return ()
    for reading in (name, _GENERIC_TAIL.sub("", name)):
        if spelling := _vocabulary_terms(reading):
            return spelling
        if decade := _decade(reading):
            return (decade,)
    sides = [_vocabulary_terms(side) for side in re.split(r"\s*(?:[&+]|\band\b)\s*", name)]
    if all(sides):
        return tuple(tag for side in sides for tag in side)
    name = re.sub(r"[()\[\]]+", " ", name)
    name = re.sub(r"(?<=\w)\s*[&+]\s*(?=\w)", " and ", name)
    name = re.sub(r"(?<=\w)-(?=\w)", " ", name)
    return (" ".join(re.sub(r"\b(post|neo|proto|anti|alt) (?=\w)", r"\1-", name).split()),)


def _vocabulary_terms(name: str) -> tuple[str, ...]:
    key = squash(name)
    return _ALIASES.get(key) or ((_SPELLING[key],) if key in _SPELLING else ())


def _decade(name: str) -> str | None:
    """The decade: "1992", "1990's", "90s", "'90s" and "the 90s" are the "90s"."""
    match = re.fullmatch(r"(?:the )?(?:(19[0-9]|20[0-3])[0-9]|((?:19|20)?\d0)'?s?)", name)
    if not match:
        return None
    tens = match[1][2:] + "0" if match[1] else match[2][-2:]
    return f"{tens}s"


def _is_noise(tag: str) -> bool:
    """Opinions, diary notes and leftovers: true of the listener or the file, not of the music."""
    if tag in _CLASSES or _DECADE.fullmatch(tag):
        return False
    letters = re.sub(r"[\W\d_]", "", tag)
    short = len(letters) < 2 and letters.isascii()
    return (
        short
        or tag in words.OPINIONS
        or len(tag) > 40
        or len(tag.split()) > 4
        or _DIARY.search(tag) is not None
        or re.search(r"[a-z]\d+[a-z]", tag) is not None
    )


_PUNCTUATION = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "`": "'", "\u201c": '"', "\u201d": '"', "_": " "}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-")
)
_ID3V2 = {"RX": "remix", "CR": "covers"}
_AND = re.compile(r"\s*(?:[&+]|\band\b|'n'?|\bn\b)\s*")
_NO_LETTER = re.compile(r"[^\w&]|_")
_DECADE = re.compile(r"\d0s")
_GENERIC_TAIL = re.compile(r" (?:music|songs?|artists?|bands?|tracks?|stuff)$")
_GENRE_ENDING = re.compile(r"(?:core|gaze|wave|tronica|billy|pop|beat|step)\b")
_DIARY = re.compile(
    r"\b(?:my|mine|me|i|im|ive|i'm|i've|you|your|u|we|our|he|she|him|her|them|it|its|it's)\b"
    r"|\bfav|favou?rit|\bpreferid|\blov(?:e|ed|es|in) (?:it|this|them)|at first listen|\bbest\b"
    r"|seen live|see live|live shows?$|to (?:listen|download|buy|check|get|hear|see)\b|check out"
    r"|guilty pleasure|\bawesome|amazing|\bfuck|\bshit|\bsongs?\b|\btracks?\b|playlist|\bradio\b"
    r"|\btop \d|weekly|\bown(?:ed)?\b|\b(?:cds?|vinyl|mp3s?|lossless|itunes|spotify|last\W?fm)\b"
    r"|https?|www\.|\.com\b|soundtrack of|remind|memories|under \d|\d listeners|\bever$|<3"
)
_CLASSES: dict[str, TagClass] = {
    name: kind
    for kind, names in (
        (TagClass.GENRE, words.GENRES + tuple(filter(None, words.ID3V1))),
        (TagClass.MOOD, words.MOODS),
        (TagClass.PLACE, words.PLACES),
        (TagClass.INSTRUMENT, words.INSTRUMENTS),
    )
    for name in names
}
_SPELLING = {squash(name): name for name in (*_CLASSES, "covers", "remix", "oldschool")}
_SPELLING |= dict.fromkeys(("singersongwriter", "singer&songwriter"), "singer-songwriter")
_ALIASES = {
    squash(name): tuple(part.strip() for part in meaning.split(";"))
    for name, meaning in words.ALIASES.items()
}
