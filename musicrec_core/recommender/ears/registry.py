"""Ears taught by this library, version by version on disk, and which of them is in use.

A version is a safetensors file and a JSON beside it. The bundled ears are always there; where the
version in use is damaged or was taught upon other bundled ears, they take over and `current` says
so. Ears belong to the library, so all profiles share them.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musicrec_core.errors import ModelError
from musicrec_core.recommender.models import files
from musicrec_core.records import ModelInfo, Nearness

if TYPE_CHECKING:
    from musicrec_core.recommender.ears.model import Ears
    from musicrec_core.recommender.ears.personal import SoundMap, TaughtEars
    from musicrec_core.recommender.ears.train import TrainingPairs

FORMAT = 1
BUNDLED = "ears-bundled"
NAME = re.compile(r"ears-(bundled|\d+)")
ARRAYS = ("center", "scale", "directions", "bias")


@dataclass(frozen=True, slots=True)
class EarsRegistry:
    """The taught ears in `folder`."""

    folder: Path

    def list(self) -> tuple[ModelInfo, ...]:
        """The bundled ears and every version that can be described; none before the first one."""
        found = []
        for path in sorted(self.folder.glob("ears-*.json")):
            try:
                found.append(self.show(path.stem))
            except ModelError:  # described when it is asked for by name
                continue
        return (self.show(BUNDLED), *found) if found else ()

    def show(self, version: str) -> ModelInfo:
        """One version. Raises ModelError when there is none of that name or it is damaged."""
        current = version == (self.current_version() or BUNDLED)
        if version == BUNDLED:
            return ModelInfo(version, "bundled", None, current, of="ears")
        card = self._card(version)
        try:
            meta = card["meta"]
            return ModelInfo(
                version=version,
                kind="personal",
                trained_at=str(meta["trained_at"]),
                current=current,
                parent=str(meta["parent"]),
                reason=str(meta["reason"]),
                checksum=str(card["sha256"]),
                of="ears",
                songs=int(meta["songs"]),
                nearness=Nearness(**meta["nearness"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{self._path(version, 'json')} is damaged ({error})") from error

    def current_version(self) -> str | None:
        """The name of the taught ears in use, None for the bundled ones. Reads no weights."""
        try:
            version = files.chosen(self.folder)
        except ModelError:
            return None  # `current` says so
        return None if version == BUNDLED else version

    def current(self, bundled: Ears) -> tuple[Ears | TaughtEars, str | None]:
        """The ears in use, and a warning if they had to be replaced by the bundled ones."""
        try:
            files.chosen(self.folder)
        except ModelError as error:
            versions = (path.stem for path in self.folder.glob("ears-*.json"))
            usable = files.newest_usable(versions, lambda v: self.load(v, bundled), BUNDLED)
            return bundled, (
                f"{error}: `musicrec models use {usable}` chooses ears anew; until then the "
                "bundled ones are used"
            )
        version = self.current_version()
        if version is None:
            return bundled, None
        try:
            return self.load(version, bundled), None
        except ModelError as error:
            return bundled, f"{error}; the bundled ears are used instead"

    def load(self, version: str, bundled: Ears) -> TaughtEars:
        """Taught ears by name; raises ModelError where they cannot be used as they are."""
        from musicrec_core.recommender.ears.personal import TaughtEars

        card = self._card(version)
        if card.get("ears") != bundled.version:
            raise ModelError(
                f"{version} was taught upon other bundled ears: `musicrec retrain --ears` anew"
            )
        return TaughtEars(version, bundled, _sound_map(self._path(version), card))

    def add(self, lesson: TrainingPairs, bundled: Ears, trained_at: str) -> ModelInfo:
        """Keep what was learned as a new version and use it. `trained_at` is ISO 8601, UTC."""
        from safetensors.numpy import save

        sound = lesson.sound
        assert sound is not None
        version = f"ears-{self._next_number():04d}"
        data = save({name: getattr(sound, name) for name in (*ARRAYS, "seen")})
        card = {
            "format": FORMAT,
            "sha256": hashlib.sha256(data).hexdigest(),
            "ears": bundled.version,
            "weight": sound.weight,
            "meta": {
                "trained_at": trained_at,
                "parent": self.current_version() or BUNDLED,
                "reason": lesson.reason,
                "songs": len(sound.seen),
                "nearness": asdict(lesson.candidate),
            },
        }
        self._write(self._path(version), data)
        self._write(self._path(version, "json"), json.dumps(card, indent=1).encode())
        return self.use(version, bundled)

    def use(self, version: str, bundled: Ears) -> ModelInfo:
        """Use a version from now on. Raises ModelError when it is missing or damaged."""
        if version != BUNDLED:
            self.load(version, bundled)
        files.choose(self.folder, version)
        return replace(self.show(version), current=True)

    def _path(self, version: str, suffix: str = "safetensors") -> Path:
        return self.folder / f"{version}.{suffix}"

    def _next_number(self) -> int:
        numbers = [int(p.stem[5:]) for p in self.folder.glob("ears-*.*") if p.stem[5:].isdigit()]
        return max(numbers, default=0) + 1

    def _card(self, version: str) -> dict[str, Any]:
        path = self._path(version, "json")
        if not NAME.fullmatch(version) or not path.is_file():
            raise ModelError(
                f"there is no model version {version}: `musicrec models list` names all"
            )
        try:
            card = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"{path} cannot be read ({error})") from error
        if not isinstance(card, dict) or card.get("format") != FORMAT:
            raise ModelError(f"{path} is not a model of this version")
        return card

    def _write(self, path: Path, content: bytes) -> None:
        from musicrec_core.recommender.models.checkpoint import replace_file

        self.folder.mkdir(parents=True, exist_ok=True)
        replace_file(path, content)


def _sound_map(path: Path, card: dict[str, Any]) -> SoundMap:
    """The map in a file, checked: its checksum, its shapes, every number finite."""
    import numpy as np
    from safetensors import SafetensorError
    from safetensors.numpy import load

    from musicrec_core.recommender.ears.personal import SoundMap

    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != card.get("sha256"):
            raise ModelError(f"{path} does not match its checksum and is not used")
        tensors = load(data)
        arrays = {name: tensors[name].astype(np.float32) for name in ARRAYS}
        made = SoundMap(**arrays, weight=float(card["weight"]), seen=tensors["seen"])
    except (OSError, SafetensorError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"{path} cannot be used ({error})") from error
    inputs, outputs = made.directions.shape if made.directions.ndim == 2 else (0, 0)
    fits = (made.center.shape, made.scale.shape, made.bias.shape) == (
        (inputs,),
        (inputs,),
        (outputs,),
    )
    finite = all(np.isfinite(array).all() for array in arrays.values())
    if not fits or not finite or not 0 < made.weight < 1:
        raise ModelError(f"{path} does not hold what it should and is not used")
    return made
