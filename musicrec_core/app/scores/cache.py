"""The catalogue of a library in a file, so that a command need not put it together again."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from musicrec_core.app import array_file
from musicrec_core.recommender.data import SPACES, Catalogue
from musicrec_core.recommender.features import kept_sources
from musicrec_core.records import IntArray

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from musicrec_core.app.array_file import ArrayWriter
    from musicrec_core.app.scores.facts import LibraryFacts

FORMAT = 8


_IN_ROOM = ("sound", "nearness", "culture", "columns")
_FIELDS = tuple(field.name for field in fields(Catalogue))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue of all present recordings.

    versions: int64 [n], one code for all recordings with one title and artist. several: int64,
    rows of songs with more than one recording, rising. words: uint16 [W, n], shares of the moods
    and genres that the ears hear; 0 where they heard nothing.
    """

    catalogue: Catalogue
    versions: IntArray
    several: IntArray
    words: NDArray[np.uint16]

    def __post_init__(self) -> None:
        _WORDS[self.catalogue] = self.words

    @classmethod
    def of(cls, catalogue: Catalogue, versions: IntArray, words: NDArray[np.uint16]) -> Snapshot:
        """With what follows of versions."""
        _, song, counts = np.unique(versions, return_inverse=True, return_counts=True)
        return cls(catalogue, versions, np.flatnonzero(counts[song] > 1), words)

    @classmethod
    def read(cls, path: Path, stamp: str) -> Snapshot | None:
        """The one kept there, None where there is none of this stamp."""
        stored = array_file.read(path, stamp)
        if stored is None:
            return None
        arrays, notes = stored
        try:
            columns, wider = arrays["columns_by_name"].T, arrays["nearness"].shape[1]
            parts: dict[str, Any] = {name: arrays[name] for name in _FIELDS if name in arrays}
            parts |= {name: tuple(notes[name]) for name in _FIELDS if name in notes}
            parts |= {"columns": columns, "nearness": arrays["nearness"] if wider else None}
            catalogue = Catalogue(**parts)
            for space in SPACES:
                catalogue.note_known(space, arrays[f"known_{space}"])
            catalogue.note_by_id(arrays["ids_in_order"], arrays["rows_of_ids"])
            kept_sources.restore(catalogue, arrays, notes["sources"])
            return cls(catalogue, arrays["versions"], arrays["several"], arrays["words"])
        except (KeyError, TypeError, ValueError):
            return None

    def put(self, file: ArrayWriter, facts: LibraryFacts, stamp: str, number: int) -> None:
        """Complete the file in whose room it was put together; raises OSError.

        number: what the log of changes will know it by.
        """
        parts = {name: getattr(self.catalogue, name) for name in _FIELDS if name not in _IN_ROOM}
        notes: dict[str, Any] = {n: part for n, part in parts.items() if isinstance(part, tuple)}
        arrays = {name: part for name, part in parts.items() if name not in notes}
        arrays |= {f"known_{space}": self.catalogue.knows(space) for space in SPACES}
        arrays["ids_in_order"], arrays["rows_of_ids"] = self.catalogue.by_id
        measured, notes["sources"] = kept_sources.as_arrays(self.catalogue)
        arrays |= measured | {"versions": self.versions, "several": self.several} | facts.kept
        for name, array in arrays.items():
            if array is not None:
                file.put(name, array)
        file.finish(stamp, notes | {"number": number})


_WORDS: WeakKeyDictionary[Catalogue, NDArray[np.uint16]] = WeakKeyDictionary()


def words_of(catalogue: Catalogue) -> NDArray[np.uint16]:
    """Uint16 [W, n]: the words of the snapshot that a catalogue is of."""
    return _WORDS[catalogue]
