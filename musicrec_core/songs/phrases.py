"""Find which of many phrases a folded text holds, in time that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable

_PREFIX_LETTERS = 3


class Phrases:
    """Phrases of words, each with the name it stands for; "*" at a last word is any ending."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_word: dict[str, list[tuple[list[str], str]]] = {}
        self._by_prefix: dict[str, list[tuple[str, str]]] = {}
        for phrase, name in phrases:
            words = phrase.split()
            if len(words) == 1 and phrase.endswith("*"):
                start = phrase[:_PREFIX_LETTERS]
                self._by_prefix.setdefault(start, []).append((phrase[:-1], name))
            else:
                self._by_word.setdefault(words[0], []).append((words[1:], name))

    def names(self, folded: str) -> set[str]:
        """The names of all phrases that a folded text holds."""
        names: set[str] = set()
        words = folded.split()
        for place, word in enumerate(words):
            for rest, name in self._by_word.get(word, ()):
                if _follows(rest, words, place + 1):
                    names.add(name)
            for start, name in self._by_prefix.get(word[:_PREFIX_LETTERS], ()):
                if word.startswith(start):
                    names.add(name)
        return names


def phrases_of(table: dict[str, tuple[str, ...]]) -> Phrases:
    """Phrases from a table of name and lines of phrases with commas between."""
    return Phrases(
        (phrase.strip(), name)
        for name, lines in table.items()
        for line in lines
        for phrase in line.split(",")
    )


def _follows(rest: list[str], words: list[str], at: int) -> bool:
    here = words[at : at + len(rest)]
    if not rest:
        return True
    if rest[-1].endswith("*"):
        ending = rest[-1][:-1]
        return len(here) == len(rest) and here[:-1] == rest[:-1] and here[-1].startswith(ending)
    return here == rest
