"""Ears taught by a library, as versions of a registry; all profiles share them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musicrec_core.errors import ModelError
from musicrec_core.recommender.models.codec import OutdatedModelError
from musicrec_core.recommender.models.registry import Registry
from musicrec_core.records import ModelInfo, RetrievalMetrics
from musicrec_core.replacing import replace_file

if TYPE_CHECKING:
    from musicrec_core.recommender.ears.model import Ears
    from musicrec_core.recommender.ears.personal import SoundMap, TaughtEars

FORMAT = 1
ARRAYS = ("center", "scale", "directions", "bias")


@dataclass(frozen=True, slots=True)
class EarsCodec:
    """A version is a map of sound upon the bundled ears, which are read when first needed."""

    ears: Callable[[], Ears]
    prefix: str = "ears-"
    bundled_name: str = "ears-bundled"
    called: str = "ears"
    relearn: str = "musicrec retrain --ears"

    def bundled(self) -> Ears | TaughtEars:
        """The ears that ship."""
        return self.ears()

    def bundled_info(self) -> ModelInfo:
        """Their name; nothing is read for it."""
        return ModelInfo(self.bundled_name, "bundled", None, current=False, of="ears")

    def save(self, model: Ears | TaughtEars, path: Path, meta: Mapping[str, Any]) -> None:
        """The map of sound of taught ears, and a card beside it."""
        from safetensors.numpy import save

        from musicrec_core.recommender.ears.personal import TaughtEars

        if not isinstance(model, TaughtEars):
            raise TypeError("only ears that a library taught are kept as a version")
        sound = model.sound
        weights = save({name: getattr(sound, name) for name in (*ARRAYS, "seen")})
        card = {
            "format": FORMAT,
            "sha256": hashlib.sha256(weights).hexdigest(),
            "ears": model.bundled.version,
            "weight": sound.weight,
            "meta": {**meta, "songs": len(sound.seen)},
        }
        replace_file(path, weights)
        replace_file(path.with_suffix(".json"), json.dumps(card, indent=1).encode())

    def load(self, path: Path) -> Ears | TaughtEars:
        """The bundled ears with this map beside them."""
        from musicrec_core.recommender.ears.personal import TaughtEars

        self.check_fit(path)
        return TaughtEars(path.stem, self.ears(), _sound_map(path, _card(path)))

    def meta(self, path: Path) -> dict[str, Any]:
        """When, why and of how many songs."""
        meta = _card(path).get("meta")
        if not isinstance(meta, dict):
            raise ModelError(f"{path.with_suffix('.json')} is damaged")
        return meta

    def info(self, path: Path) -> ModelInfo:
        """How it was taught and how well songs then found their own."""
        card, meta = _card(path), self.meta(path)
        try:
            return ModelInfo(
                version=path.stem,
                kind="personal",
                trained_at=str(meta["trained_at"]),
                current=False,
                parent=str(meta["parent"]),
                reason=str(meta["reason"]),
                checksum=str(card["sha256"]),
                of="ears",
                songs=int(meta["songs"]),
                nearness=RetrievalMetrics(**meta["nearness"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{path.with_suffix('.json')} is damaged ({error})") from error

    def check_fit(self, path: Path) -> None:
        """What was taught upon other bundled ears does not fit."""
        if _card(path).get("ears") != self.ears().version:
            raise OutdatedModelError(
                f"{path.stem} was taught upon other bundled ears: `{self.relearn}` anew"
            )

    def verify(self, path: Path) -> None:
        """By checksum."""
        _weights(path, _card(path))


def ears_registry(folder: Path, ears: Callable[[], Ears]) -> Registry[Ears | TaughtEars]:
    """The ears taught in `folder`."""
    return Registry(folder, EarsCodec(ears))


def _card(path: Path) -> dict[str, Any]:
    beside = path.with_suffix(".json")
    try:
        card = json.loads(beside.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{beside} cannot be read ({error})") from error
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        raise ModelError(f"{beside} is not a model of this version")
    return card


def _weights(path: Path, card: dict[str, Any]) -> bytes:
    try:
        weights = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path} cannot be used ({error})") from error
    if hashlib.sha256(weights).hexdigest() != card.get("sha256"):
        raise ModelError(f"{path} does not match its checksum and is not used")
    return weights


def _sound_map(path: Path, card: dict[str, Any]) -> SoundMap:
    """The map in a file, checked: its checksum, its shapes, every number finite."""
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load

    from musicrec_core.recommender.ears.personal import SoundMap

    try:
        tensors = load(_weights(path, card))
        arrays = {name: tensors[name].astype(np.float32) for name in ARRAYS}
        sound = SoundMap(**arrays, weight=float(card["weight"]), seen=tensors["seen"])
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} cannot be used ({error})") from error
    inputs, outputs = sound.directions.shape if sound.directions.ndim == 2 else (0, 0)
    shapes = (sound.center.shape, sound.scale.shape, sound.bias.shape)
    fits = shapes == ((inputs,), (inputs,), (outputs,))
    finite = all(np.isfinite(array).all() for array in arrays.values())
    if not fits or not finite or not 0 < sound.weight < 1:
        raise ModelError(f"{path} does not hold what it should and is not used")
    return sound
