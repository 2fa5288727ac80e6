"""What a library was scored by, kept in the cache, so that `explain` need not read all of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from musicrec_core.app import array_file
from musicrec_core.app.context import Context
from musicrec_core.recommender.scoring import basis_as_arrays, basis_from_arrays

if TYPE_CHECKING:
    from pathlib import Path

    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.recommender.scoring import ScoringBasis

FORMAT = 3


def write_basis(context: Context, stamp: str, basis: ScoringBasis) -> None:
    """Keep it beside the catalogue, in place of the one before."""
    array_file.write(_path(context), _stamp(stamp), *basis_as_arrays(basis))


def read_basis(context: Context, stamp: str, catalogue: Catalogue) -> ScoringBasis | None:
    """The one of this stamp, for the catalogue that it was made of; None where there is none."""
    stored = array_file.read(_path(context), _stamp(stamp))
    if stored is None or len(stored[0]["prior_inputs"]) != len(catalogue):
        return None
    try:
        return basis_from_arrays(context.registry.current()[0], catalogue, *stored)
    except (KeyError, IndexError, ValueError):
        return None  # damaged: it is made again


def _path(context: Context) -> Path:
    name = context.profile.encode("utf-8", "surrogateescape")
    return context.cache / f"basis-{hashlib.blake2b(name, digest_size=8).hexdigest()}.arrays"


def _stamp(stamp: str) -> str:
    return f"{FORMAT}|{stamp}"
