"""Files replaced in one step: whoever reads finds the old one or the new one, never a part."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path, *, public: bool = False) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` once the block has ended; raises OSError.

    It is for its owner alone unless `public`: then it keeps the rights of the file that was there,
    or has those of any new file. It reaches the disk first. Whatever ends the block early, Ctrl-C
    too, leaves the old file and no trace of the new one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if public:
            os.chmod(temporary, _rights(path))
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def replace_file(path: Path, content: bytes, *, public: bool = False) -> None:
    """Write a file whole or not at all; raises OSError."""
    with replacing(path, public=public) as file:
        file.write(content)


def _rights(path: Path) -> int:
    """The mode of a file, or where there is none what the system gives to a new one."""
    try:
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
