"""How one sort of model lies on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

from musicrec_core.errors import ModelError
from musicrec_core.model_records import ModelInfo

Model = TypeVar("Model")


class OutdatedModelError(ModelError):
    """A version made for other bundled models than those that ship now."""


class Codec(Protocol[Model]):
    """How one sort of model lies on disk. Whatever cannot be trusted raises ModelError."""

    @property
    def prefix(self) -> str:
        """What stands before the number in the name of a version."""

    @property
    def bundled_name(self) -> str:
        """The name by which the bundled model is chosen."""

    @property
    def called(self) -> str:
        """What it is called in sentences: `model`, `ears`."""

    @property
    def relearn(self) -> str:
        """The command that makes another version."""

    def bundled(self) -> Model:
        """The one that ships."""

    def bundled_info(self) -> ModelInfo:
        """What is known of it, without reading it whole."""

    def save(self, model: Model, path: Path, meta: Mapping[str, Any]) -> None:
        """Write a version: `path`, and the same name with .json."""

    def load(self, path: Path) -> Model:
        """Read it back, checked."""

    def meta(self, path: Path) -> dict[str, Any]:
        """What was saved beside the weights, without reading them."""

    def info(self, path: Path) -> ModelInfo:
        """What is known of a version, without reading its weights."""

    def check_fit(self, path: Path) -> None:
        """Raise OutdatedModelError for a version made for other bundled models."""

    def verify(self, path: Path) -> None:
        """Raise ModelError unless the weights are those that were saved; reads bytes only."""
