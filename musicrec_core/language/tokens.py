"""Words of an utterance with their places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from musicrec_core.folding import plain_letters
from musicrec_core.text import one_line

LONGEST = 600  # characters that are read: nobody says more in one breath

_TOKEN = re.compile(
    r"""
    ['’]?\d{2,4}['’]?s\b                              # 90s, '90s, 1990's
    | \d+(?:st|nd|rd|th)\b                            # 2nd
    | \d+(?:[.:/]\d+)*                                # 120, 4:30, 5/5, 2.5
    | ['’](?:s|m|d|re|ve|ll)\b                        # the end of "what's", "I'm"
    | (?:(?!['’](?:s|m|d|re|ve|ll)\b)['’]?[^\W\d_])+  # don't, r'n'b
    | [^\w\s]
    """,
    re.VERBOSE,
)
_NOT_LETTERS = re.compile(r"['’`]")
_HYPHEN = re.compile(r"[-\u2010-\u2012_](?=\w)")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign: as written, folded, and where it stands in the utterance."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it holds a letter or a digit."""
        return self.low[:1].isalnum() or self.low.startswith("'")

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def cleaned(text: str) -> str:
    """The utterance without control characters, at most LONGEST characters of it."""
    return one_line(text[: 2 * LONGEST])[:LONGEST].rstrip()


def tokenise(text: str) -> list[Token]:
    """The tokens of a cleaned utterance; hyphens between words divide them and are no tokens."""
    tokens = []
    for match in _TOKEN.finditer(text):
        piece, start = match.group(), match.start()
        if _HYPHEN.match(text, start) and start and text[start - 1].isalnum():
            continue
        tokens.append(Token(piece, folded(piece), start, match.end()))
    return tokens


def folded(piece: str) -> str:
    """One token as it is compared: small plain letters, apostrophes only before an ending."""
    low = plain_letters(piece)
    if low[:1] in "'’" and low[1:] in ("s", "m", "d", "re", "ve", "ll"):
        return "'" + low[1:]
    return _NOT_LETTERS.sub("", low) or low


def word_set(text: str) -> frozenset[str]:
    """The words of a list that is written as text."""
    return frozenset(text.split())


def words(text: str) -> tuple[str, ...]:
    """The folded words of a phrase, as a lexicon keeps it."""
    return tuple(token.low for token in tokenise(text) if token.is_word or token.low in "&+")


def quoted(tokens: list[Token], text: str) -> list[tuple[int, int]]:
    """Token ranges [from, to) inside quotation marks."""
    spans, opened = [], None
    for i, token in enumerate(tokens):
        if token.text in "\"“”„«»‘'’`" or token.text == "''":
            inside = _joined_left(tokens, i, text) and _joined_right(tokens, i, text)
            if inside:
                continue
            if opened is None:
                opened = i + 1
            else:
                if 0 < i - opened <= 12:
                    spans.append((opened, i))
                opened = None
    return spans


def _joined_left(tokens: list[Token], i: int, text: str) -> bool:
    return i > 0 and text[tokens[i].start - 1 : tokens[i].start].isalnum()


def _joined_right(tokens: list[Token], i: int, text: str) -> bool:
    return text[tokens[i].end : tokens[i].end + 1].isalnum()
