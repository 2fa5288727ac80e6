"""How much one file may cost the process that looks into it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """None: no limit. Where the system cannot hold one (Windows), only the wall clock counts."""

    wall_s: float
    processor_s: float | None = None
    memory_mb: int | None = None
    """Of allocated memory, libraries and all, in MiB."""
    polite: bool = True
    """Whether to give way to every other process."""
    doing: str = "analysis"
    """What the work is called in a reason."""

    @property
    def too_long(self) -> str:
        """The reason where the wall clock ran out."""
        return f"{self.doing} took longer than {self.wall_s:g} s"

    @property
    def too_costly(self) -> str:
        """The reason where the processor time ran out."""
        return f"{self.doing} took more than {self.processor_s:g} s of processor time"

    @property
    def too_big(self) -> str:
        """The reason where memory ran out."""
        if self.memory_mb is None:
            return f"{self.doing} took more memory than there is"
        return f"{self.doing} took more than {self.memory_mb} MB of memory"
