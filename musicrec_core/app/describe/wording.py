"""Claims joined to sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from musicrec_core.app.describe.records import Claim


def listed(words: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def hedged(claims: Sequence[Claim]) -> str:
    """The sure ones, then what is perhaps so."""
    sure = listed([claim.text for claim in claims if claim.sure])
    unsure = listed([claim.text for claim in claims if not claim.sure], "or")
    if sure and unsure:
        return f"{sure}, perhaps {unsure}"
    return sure or (f"perhaps {unsure}" if unsure else "")


def sentence(parts: Iterable[str], joint: str = ", ") -> str:
    """The parts that say anything, with a capital and a full stop."""
    text = joint.join(part for part in parts if part)
    return f"{text[0].upper()}{text[1:]}." if text else ""


def joined(sentences: Iterable[str]) -> str:
    """The sentences that say anything."""
    return " ".join(text for text in sentences if text)


def article(word: str) -> str:
    """A or an before a word."""
    return "an" if word[:1].casefold() in "aeiou" else "a"
