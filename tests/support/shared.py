"""Folders that many tests read: whoever changes one fails at once, and by name.

Permissions would not hold root, who runs the tests in CI; so each folder is looked over after each
test, by what the system itself writes down of every change.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

Entries = dict[str, tuple[int, ...]]

_sealed: dict[Path, Entries] = {}


def seal(folder: Path) -> Path:
    """From now on no test may change anything in this folder."""
    _sealed[folder] = _entries(folder)
    _let_the_clock_of_files_tick(folder.parent)
    return folder


def changes() -> list[str]:
    """Paths in sealed folders that changed since the last look or were not there."""
    changed = []
    for folder, before in _sealed.items():
        after = _entries(folder)
        if after != before:
            names = (before.items() ^ after.items()) if after else before.items()
            changed += sorted({str(folder / name) for name, _ in names})
            _sealed[folder] = after
    return changed


def _let_the_clock_of_files_tick(beside: Path) -> None:
    """It moves every few milliseconds only: a change in the same tick would look like none."""
    with tempfile.NamedTemporaryFile(dir=beside) as probe:
        start_ns = os.stat(probe.name).st_mtime_ns
        while os.stat(probe.name).st_mtime_ns == start_ns:
            os.utime(probe.name)


def _entries(folder: Path) -> Entries:
    """What is there by its path; the time of change (ctime) cannot be set back."""
    entries = {}
    for parent, _, names in os.walk(folder):
        for name in (".", *names):
            path = os.path.normpath(os.path.join(parent, name))
            stat = os.lstat(path)
            entries[os.path.relpath(path, folder)] = (
                stat.st_ino, stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns
            )  # fmt: skip
    return entries
