"""Files that could not be read: which, why, and trying one of them again."""

from __future__ import annotations

import os

from musicrec_core.app.context import Context
from musicrec_core.errors import LibraryError
from musicrec_core.records import FailedFile


def files(context: Context) -> list[FailedFile]:
    """See MusicRec.library.quarantine."""
    return [FailedFile(os.fsdecode(path), why) for path, why in context.store.files.failed()]


def release(context: Context, path: str) -> None:
    """See MusicRec.library.release."""
    if not context.store.files.forget_look(os.fsencode(path)):
        raise LibraryError(f"{path} is not among the files that could not be read")
