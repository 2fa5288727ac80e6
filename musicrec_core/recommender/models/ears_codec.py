"""Ears taught by a library, as versions of a registry; all profiles share them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musicrec_core.errors import ModelError
from musicrec_core.model_records import ModelInfo, RetrievalMetrics
from musicrec_core.recommender.models import card
from musicrec_core.recommender.models.codec import OutdatedModelError
from musicrec_core.recommender.models.registry import Registry

if TYPE_CHECKING:
    from musicrec_core.recommender.ears.model import Ears
    from musicrec_core.recommender.ears.personal import PersonalEars, SoundMap

ARRAYS = ("center", "scale", "directions", "bias")


@dataclass(frozen=True, slots=True)
class EarsCodec:
    """A version is a map of sound upon the bundled ears, which are read when first needed."""

    ears: Callable[[], Ears]
    prefix: str = "ears-"
    bundled_name: str = "ears-bundled"
    called: str = "ears"
    relearn: str = "musicrec retrain --ears"

    def bundled(self) -> Ears | PersonalEars:
        """The ears that ship."""
        return self.ears()

    def bundled_info(self) -> ModelInfo:
        """Their name; nothing is read for it."""
        return ModelInfo(self.bundled_name, "bundled", None, current=False, of="ears")

    def save(self, model: Ears | PersonalEars, path: Path, meta: Mapping[str, Any]) -> None:
        """The map of sound of taught ears, and a card beside it."""
        from safetensors.numpy import save

        from musicrec_core.recommender.ears.personal import PersonalEars

        if not isinstance(model, PersonalEars):
            raise TypeError("only ears that a library taught are kept as a version")
        sound = model.sound
        weights = save({name: getattr(sound, name) for name in (*ARRAYS, "seen")})
        about = {
            "ears": model.bundled.version,
            "weight": sound.weight,
            "meta": {**meta, "songs": len(sound.seen)},
        }
        card.write(path, weights, about)

    def load(self, path: Path) -> Ears | PersonalEars:
        """The bundled ears with this map beside them."""
        from musicrec_core.recommender.ears.personal import PersonalEars

        self.check_fit(path)
        return PersonalEars(path.stem, self.ears(), _sound_map(path, card.read(path)))

    def meta(self, path: Path) -> dict[str, Any]:
        """When, why and of how many songs."""
        return card.read_meta(path)

    def info(self, path: Path) -> ModelInfo:
        """How it was taught and how well songs then found their own."""
        about, meta = card.read(path), card.read_meta(path)
        try:
            return ModelInfo(
                version=path.stem,
                kind="personal",
                trained_at=str(meta["trained_at"]),
                current=False,
                parent=str(meta["parent"]),
                reason=str(meta["reason"]),
                checksum=str(about["sha256"]),
                of="ears",
                songs=int(meta["songs"]),
                nearness=RetrievalMetrics(**meta["nearness"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{card.path_of(path)} is damaged ({error})") from error

    def check_fit(self, path: Path) -> None:
        """What was taught upon other bundled ears does not fit."""
        if card.read(path).get("ears") != self.ears().version:
            raise OutdatedModelError(
                f"{path.stem} was taught upon other bundled ears: `{self.relearn}` anew"
            )

    def verify(self, path: Path) -> None:
        """By checksum."""
        card.read_weights(path, card.read(path))


def ears_registry(folder: Path, ears: Callable[[], Ears]) -> Registry[Ears | PersonalEars]:
    """The ears taught in `folder`."""
    return Registry(folder, EarsCodec(ears))


def _sound_map(path: Path, about: card.Card) -> SoundMap:
    """The map in a file, checked: its checksum, its shapes, every number finite."""
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load

    from musicrec_core.recommender.ears.personal import SoundMap

    try:
        tensors = load(card.read_weights(path, about))
        arrays = {name: tensors[name].astype(np.float32) for name in ARRAYS}
        sound = SoundMap(**arrays, weight=float(about["weight"]), seen=tensors["seen"])
    except (SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} cannot be used ({error})") from error
    inputs, outputs = sound.directions.shape if sound.directions.ndim == 2 else (0, 0)
    shapes = (sound.center.shape, sound.scale.shape, sound.bias.shape)
    fits = shapes == ((inputs,), (inputs,), (outputs,))
    finite = all(np.isfinite(array).all() for array in arrays.values())
    if not fits or not finite or not 0 < sound.weight < 1:
        raise ModelError(f"{path} does not hold what it should and is not used")
    return sound
