"""What scans leave out because the person said so, remembered."""

from __future__ import annotations

from collections.abc import Sequence

from musicrec_core.app.context import Context
from musicrec_core.errors import LibraryError


def remembered(
    context: Context, exclude: Sequence[str] = (), include: Sequence[str] = ()
) -> list[str]:
    """Every pattern in force, once these are remembered and those forgotten.

    Raises LibraryError for a pattern to forget that never was.
    """
    table = context.store.exclusions
    with context.store.atomic():
        for pattern in exclude:
            table.add(pattern)
        for pattern in include:
            if not table.remove(pattern):
                patterns = ", ".join(table.all()) or "none"
                raise LibraryError(f"{pattern!r} is not left out; these are: {patterns}")
    return table.all()
