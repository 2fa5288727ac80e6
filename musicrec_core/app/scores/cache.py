"""The catalogue of a library in a file, so that a command need not put it together again."""

from __future__ import annotations

import os
import tempfile
import zipfile
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.recommender.data.dataset import Catalogue
from musicrec_core.records import IntArray

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 3


_FIELDS = tuple(field.name for field in fields(Catalogue))


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The catalogue of all present recordings.

    versions: int64 [n], one code for all recordings with one title and artist.
    """

    catalogue: Catalogue
    versions: IntArray

    @classmethod
    def read(cls, path: Path, stamp: str) -> Snapshot | None:
        """The one kept there, None where there is none of this stamp."""
        try:
            with np.load(path, allow_pickle=False) as stored:
                if str(stored["stamp"]) != stamp:
                    return None
                arrays: dict[str, Any] = {
                    name: tuple(stored[name].tolist()) if name.endswith("_names") else stored[name]
                    for name in _FIELDS
                    if name in stored
                }
                return cls(Catalogue(**arrays), stored["versions"])
        except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile):
            return None  # missing or damaged: it is made again

    def write(self, path: Path, stamp: str) -> None:
        """Replace the file in one step; without room or rights for it, go on without."""
        arrays = {
            name: np.array(getattr(self.catalogue, name), dtype=str)
            if name.endswith("_names")
            else getattr(self.catalogue, name)
            for name in _FIELDS
            if getattr(self.catalogue, name) is not None
        } | {"stamp": np.array(stamp), "versions": self.versions}
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".npz")
            with os.fdopen(handle, "wb") as file:
                np.savez(file, allow_pickle=False, **arrays)
            os.replace(temporary, path)
        except OSError:
            return
