"""Which names are an artist's by themselves: what a list of artists is believed on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from musicrec_core.names import artist_key, is_nobody
from musicrec_core.songs.separators import backing_band, guests_apart, parts_of, values_of


def _nobody_listens(_: str) -> int | None:
    return None


@dataclass(frozen=True, slots=True)
class ArtistNames:
    """What is known of names.

    alone: keys of those that stand by themselves in the library, as artist or as guest. partners:
    keys of those that lists in the library show to be an artist's. listeners: how many people play
    the artist of a name; None for one that the map lacks.
    """

    alone: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    listeners: Callable[[str], int | None] = _nobody_listens

    @classmethod
    def of_library(
        cls,
        artist_texts: Iterable[str],
        listeners: Callable[[str], int | None] = _nobody_listens,
    ) -> ArtistNames:
        """What the artist texts of a library show.

        A name in a list is an artist's where the list starts with one: a name that stands alone,
        or that starts several lists with no other name in common ("Alpha" is there, so "Alpha &
        Beta" are two); of two, where either stands alone.
        """
        names = [name for text in set(artist_texts) for name in _names_in(text)]
        alone = {artist_key(name) for name in names if len(parts_of(name)) == 1}
        lists = [
            tuple(map(artist_key, parts))
            for parts in map(parts_of, names)
            if len(parts) > 1 and not backing_band(parts)
        ]
        heads = alone | _heads(lists)
        partners = {
            name
            for first, *rest in lists
            if first in heads or (len(rest) == 1 and rest[0] in alone)
            for name in (first, *rest)
        }
        return cls(frozenset(alone - {""}), frozenset(partners - {""}), listeners)

    def occurs_alone(self, name: str) -> bool:
        """Whether a name is an artist's by itself, in the library or on the map."""
        key = artist_key(name)
        return key in self.alone or key in self.partners or self.listeners(name) is not None

    def are_several(self, name: str, parts: Sequence[str], *, guests: bool = False) -> bool:
        """Whether the parts of a name are believed to be artists, each for itself.

        Of guests it is enough that one of them is known. A band behind its leader ("Bob Marley &
        The Wailers") is told from them where the library has the leader alone.
        """
        if backing_band(parts):
            return artist_key(parts[0]) in self.alone
        enough = any if guests else all
        return enough(map(self.occurs_alone, parts)) and not self._is_one_act(name, parts)

    def _is_one_act(self, name: str, parts: Sequence[str]) -> bool:
        """Whether a name with separators in it is better known than what is between them.

        "Simon & Garfunkel" is, "Robert Plant & Alison Krauss" is not. Where all of them stand
        alone in the library, only the first counts: "Neil Young & Crazy Horse".
        """
        whole = self.listeners(name)
        if whole is None:
            return False
        played = [self.listeners(part) or 0 for part in parts]
        all_here = all(artist_key(part) in self.alone for part in parts)
        return whole >= (played[0] if all_here else min(played))


def _names_in(text: str) -> Iterator[str]:
    """Each value of an artist text, and each text of guests in it."""
    for value in values_of(text):
        whole, guests = guests_apart(value)
        yield from (name for name in (whole, *guests) if not is_nobody(name))


def _heads(lists: Iterable[tuple[str, ...]]) -> set[str]:
    """What stands first in two lists without another name in common: members of one band share.

    "Brian Eno & David Byrne" and "Brian Eno & Robert Fripp" show one, the two lists of "Emerson,
    Lake & Palmer" and "Emerson, Lake & Powell" do not.
    """
    others: dict[str, set[frozenset[str]]] = {}
    for first, *rest in lists:
        others.setdefault(first, set()).add(frozenset(rest))
    return {
        first
        for first, sets in others.items()
        if any(one.isdisjoint(other) for one, other in combinations(sets, 2))
    }
