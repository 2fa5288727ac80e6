"""What was said in the corner, kept for those who looked away."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PastMessage:
    """A line that was shown, and when."""

    at_s: float
    severity: str
    text: str
