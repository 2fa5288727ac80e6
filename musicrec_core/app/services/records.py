"""What music services are asked for, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from musicrec_core.service_records import Subject


@dataclass(frozen=True, slots=True)
class EnrichOptions:
    """What to ask, how old an answer may be, and when to stop."""

    subjects: frozenset[Subject] = frozenset(("artist", "album", "track"))
    history: bool = True
    max_age_days: float = 90.0
    limit_s: float | None = None


@dataclass(frozen=True, slots=True)
class EnrichReport:
    """Questions by what became of them: `requested` counts requests, repeated ones too."""

    requested: int = 0
    cached: int = 0
    answered: int = 0
    unknown: int = 0
    """The service knows nothing of them, or only something else."""
    failed: int = 0
    left: int = 0
    plays: int = 0
    likes: int = 0
    """Feedback that is new, of songs in the library."""
    problems: dict[str, int] = field(default_factory=dict)
    """What went wrong, as sentences, and how often."""
    stopped: bool = False
    seconds: float = 0.0
