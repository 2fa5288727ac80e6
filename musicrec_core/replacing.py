"""Files replaced in one step: whoever reads finds the old one or the new one, never a part."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` once the block has ended; raises OSError.

    It is made with mode 600 and reaches the disk first. Whatever ends the block early, Ctrl-C too,
    leaves the old file and no trace of the new one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; raises OSError."""
    with replacing(path) as file:
        file.write(content)
