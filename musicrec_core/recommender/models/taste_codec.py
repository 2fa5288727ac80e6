"""Taste networks as versions of a registry."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musicrec_core.errors import ModelError
from musicrec_core.model_records import Metrics, ModelInfo
from musicrec_core.recommender.models import card
from musicrec_core.recommender.models.codec import OutdatedModelError
from musicrec_core.recommender.models.files import profile_folder
from musicrec_core.recommender.models.registry import Registry

if TYPE_CHECKING:
    from musicrec_core.recommender.taste.forward import TasteNet


@dataclass(frozen=True, slots=True)
class TasteCodec:
    """weights: those that ship.

    made_for: names what personal models read: ears, map of culture, inputs; one made for others is
    set aside, since to it these would mean nothing. Asked for only where there is a personal model.
    """

    weights: Path
    made_for: Callable[[], str] = str
    prefix: str = "p"
    bundled_name: str = "bundled"
    called: str = "model"
    relearn: str = "musicrec retrain"

    def bundled(self) -> TasteNet:
        """The network that many people's listening taught."""
        from musicrec_core.recommender.models import checkpoint

        return checkpoint.load(self.weights)

    def bundled_info(self) -> ModelInfo:
        """Named by its checksum, so that another release's is another version."""
        checksum = str(card.read(self.weights).get("sha256", ""))
        version = f"{self.bundled_name}-{checksum[:8]}"
        return ModelInfo(version, "bundled", None, current=False, checksum=checksum)

    def save(self, model: TasteNet, path: Path, meta: Mapping[str, Any]) -> None:
        """Weights, and beside them what they mean and were made for."""
        from musicrec_core.recommender.models import checkpoint

        checkpoint.save(model, path, {**meta, "made_for": self.made_for()})

    def load(self, path: Path) -> TasteNet:
        """Checked by checksum and shapes."""
        from musicrec_core.recommender.models import checkpoint

        return checkpoint.load(path)

    def meta(self, path: Path) -> dict[str, Any]:
        """What was saved beside the weights."""
        return card.read_meta(path)

    def info(self, path: Path) -> ModelInfo:
        """How it was trained and how it did."""
        meta = card.read_meta(path)
        try:
            return ModelInfo(
                version=path.stem,
                kind="personal",
                trained_at=meta["trained_at"],
                current=False,
                parent=meta["parent"],
                feedback=int(meta["feedback"]),
                metrics=Metrics(**meta["metrics"]),
                reason=str(meta["reason"]),
                checksum=str(card.read(path).get("sha256", "")),
                half_life_days=_half_life(meta.get("summary", {})),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{card.path_of(path)} is damaged ({error})") from error

    def check_fit(self, path: Path) -> None:
        """A version that reads what other ears or another map said does not fit."""
        made_for, needed = card.read_meta(path).get("made_for", ""), self.made_for()
        if needed and made_for != needed:  # the first release did not say
            raise OutdatedModelError(
                f"model {path.stem} was trained for an earlier version of musicrec and is set "
                "aside; `musicrec retrain` makes one for this version from your feedback"
            )

    def verify(self, path: Path) -> None:
        """By checksum."""
        card.read_weights(path, card.read(path))


def taste_registry(
    folder: Path, weights: Path, profile: str = "default", made_for: Callable[[], str] = str
) -> Registry[TasteNet]:
    """The taste models of one profile; `folder` holds a folder for each."""
    own = "" if profile == "default" else f" --profile {shlex.quote(profile)}"
    return Registry(folder / profile_folder(profile), TasteCodec(weights, made_for), own)


def _half_life(summary: dict[str, Any]) -> float | None:
    from musicrec_core.recommender.data.dataset import HALF_LIFE_DAYS

    days = summary.get("half_life_days", HALF_LIFE_DAYS)
    return None if days is None else float(days)
