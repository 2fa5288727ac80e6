"""Artist names made comparable: every usual spelling of one artist gives one key."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from musicrec_core.folding import plain_letters

_FEATURED = re.compile(r"[\s(\[]+(?:feat|ft|featuring)\b\.?\s.*", re.IGNORECASE | re.DOTALL)
_AND = re.compile(r"(?<=\w)\s*(?:&|\+|'n'|\s(?:n'?|'n|and)\s)\s*(?=\w)")
_NOBODY = frozenset(
    (
        *("various", "variousartist", "variousartists", "va", "unknown", "unknownartist"),
        *("noartist", "none", "na", "anonymous", "soundtrack", "originalsoundtrack", "ost"),
    )
)


@lru_cache(maxsize=131072)
def artist_key(name: str) -> str:
    """The key under which spellings of one artist meet; "" for an empty name.

    Folds case, accents, a leading or trailing "The", "&" and "and", punctuation and spaces, and
    leaves featured artists out. Other scripts survive; a name made of punctuation alone ("!!!")
    is its own key.
    """
    text = unicodedata.normalize("NFKC", name).strip()
    text = plain_letters(_FEATURED.sub("", text) or text)
    text = re.sub(r"(?<=\w)\$|\$(?=\w)", "s", text)
    text = re.sub(r"(?<=[a-z])!(?=[a-z])", "i", text)
    folded = _letters(_AND.sub(" and ", _without_article(text)))
    return folded or re.sub(r"\s+", "", text)


def is_nobody(name: str) -> bool:
    """Whether the name is a placeholder, such as "Various Artists", and not an artist."""
    key = artist_key(name)
    return not key or key in _NOBODY


def _without_article(text: str) -> str:
    """Without "the" at the start or after a comma at the end, unless that is all there is."""
    rest = re.sub(r"^the\s+|,\s*the$", "", text.strip())
    return rest if _letters(rest) not in ("", "the") else text


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
