"""What is remembered of a taste model that a test makes."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from musicrec_core.model_records import Metrics


def described(feedback: int) -> dict[str, Any]:
    """As retraining writes it."""
    return {
        "trained_at": "2024-05-01T12:00:00+00:00",
        "metrics": asdict(Metrics(auc=0.7)),
        "reason": "It is better.",
        "feedback": feedback,
    }
