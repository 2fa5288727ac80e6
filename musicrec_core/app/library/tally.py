"""What became of every file found: each in exactly one of five states."""

from __future__ import annotations

import os
from collections import Counter
from typing import Literal

from musicrec_core.records import FailedFile, ScanReport

FileFate = Literal["new", "changed", "moved", "unchanged", "failed"]


class ScanTally:
    """Kept during a scan. A file that fails in a later phase leaves its earlier state."""

    def __init__(self) -> None:
        self._fates: dict[bytes, FileFate] = {}
        self._reasons: dict[bytes, str] = {}
        self._moved_from: set[bytes] = set()
        self._skipped: dict[bytes, str] = {}
        self._left_out: dict[bytes, str] = {}
        self.missing = 0
        self.analysed = 0

    def put(self, path: bytes, fate: FileFate) -> None:
        """The file at `path` is this."""
        self._fates[path] = fate
        self._reasons.pop(path, None)

    def fail(self, path: bytes, reason: str) -> None:
        """The file cannot be read; counted only where this scan found it."""
        self._fates[path] = "failed"
        self._reasons[path] = reason

    def skip(self, folder: bytes, reason: str) -> None:
        """A folder could not be looked into."""
        self._skipped[folder] = reason

    def leave_out(self, path: bytes, reason: str) -> None:
        """A folder or file that is left out on purpose; what is known of it is missing now."""
        self._left_out[path] = reason

    def was_skipped(self, path: bytes) -> bool:
        """Whether a path lies in a folder that could not be looked into."""
        return any(path.startswith(os.path.join(folder, b"")) for folder in self._skipped)

    def has(self, path: bytes) -> bool:
        """Whether this scan met the file."""
        return path in self._fates

    def moved_from(self, path: bytes) -> None:
        """The file that was at `path` turned up elsewhere."""
        self._moved_from.add(path)

    @property
    def any_moved(self) -> bool:
        """Whether a file was found at another path."""
        return bool(self._moved_from)

    def was_moved(self, path: bytes) -> bool:
        """Whether the file that was at `path` turned up elsewhere."""
        return path in self._moved_from

    def report(self, seconds: float) -> ScanReport:
        """The counts."""
        count = Counter(self._fates.values())
        failed = tuple(
            FailedFile(os.fsdecode(path), self._reasons[path]) for path in sorted(self._reasons)
        )
        return ScanReport(
            found=len(self._fates),
            new=count["new"],
            changed=count["changed"],
            moved=count["moved"],
            unchanged=count["unchanged"],
            missing=self.missing,
            failed=failed,
            skipped=tuple(
                FailedFile(os.fsdecode(path), reason) for path, reason in self._skipped.items()
            ),
            left_out=tuple(
                FailedFile(os.fsdecode(path), reason) for path, reason in self._left_out.items()
            ),
            analysed=self.analysed,
            seconds=round(seconds, 3),
        )
