"""Words in groups that mean much the same: what is learned of "kettle" serves "toaster" too."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from musicrec_core.errors import ModelError

FILE = "language_groups"
FORMAT = 1


@dataclass(frozen=True, slots=True, repr=False)
class WordGroups:
    """words uint32 [N], hashes in order; wide and narrow uint16 [N], the groups of each."""

    words: NDArray[np.uint32]
    wide: NDArray[np.uint16]
    narrow: NDArray[np.uint16]

    def of(self, word: str) -> tuple[int, int] | None:
        """The wide and the narrow group of a folded word; None where it is unknown."""
        hashed = word_hash(word)
        at = int(np.searchsorted(self.words, np.uint32(hashed)))
        if at == len(self.words) or self.words[at] != hashed:
            return None
        return int(self.wide[at]), int(self.narrow[at])


NO_GROUPS = WordGroups(np.zeros(0, np.uint32), np.zeros(0, np.uint16), np.zeros(0, np.uint16))


def word_hash(word: str) -> int:
    """What stands for a folded word."""
    return crc32(word.encode("utf-8", "replace"))


def read_groups(folder: Path) -> WordGroups:
    """The groups that ship; ModelError when a file is missing, damaged or another one."""
    from safetensors import SafetensorError
    from safetensors.numpy import load

    path = folder / f"{FILE}.safetensors"
    try:
        about = json.loads(path.with_suffix(".json").read_text("utf-8"))
        content = path.read_bytes()
        arrays = load(content)
        groups = WordGroups(*(arrays[name] for name in ("words", "wide", "narrow")))
        good = hashlib.sha256(content).hexdigest() == about["sha256"]
        sizes = {len(array) for array in (groups.words, groups.wide, groups.narrow)}
        if not good or about["format"] != FORMAT or len(sizes) > 1:
            raise ModelError(f"{path}: not the groups of words of this version")
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        raise ModelError(f"{path}: the groups of words cannot be read: {error!r}") from error
    return groups
