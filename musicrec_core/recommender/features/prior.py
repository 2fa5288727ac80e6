"""What many people taught: what most like, by tag and by sound, and where tastes lead."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from musicrec_core import paths
from musicrec_core.errors import ModelError
from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.features.directions import Directions
from musicrec_core.recommender.features.percentile import PercentileTransform
from musicrec_core.recommender.features.shared_tags import row_sums

if TYPE_CHECKING:
    from pathlib import Path

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray


@dataclass(frozen=True, slots=True, repr=False)
class Prior:
    """Learned by training/train_taste.py.

    tag_weights: by how much each tag is liked more than the ordinary one. sound: float32 [E], the
    direction in the ears' embedding in which liking grows; empty when not learned. ears: the
    checksum of the ears that made that embedding: in another's, the direction means nothing.
    directions: what the likes of many say beforehand of the taste of one; None when not learned,
    or on another map.
    """

    tag_weights: dict[str, float]
    sound: FloatArray
    ears: str = ""
    directions: Directions | None = None

    @classmethod
    def none(cls) -> Prior:
        """A prior that says nothing."""
        return cls({}, np.empty(0, np.float32))

    @classmethod
    def bundled(cls) -> Prior:
        """The one that ships; one that says nothing where no model is installed."""
        folder = paths.bundled_models()
        path = folder / "taste_prior.json"
        if not path.exists():
            return cls.none()
        prior = load(path)
        if prior.ears != card_checksum(folder / "ears.json"):
            prior = replace(prior, sound=np.empty(0, np.float32))
        ways = prior.directions
        if ways and ways.culture != card_checksum(folder / "culture.json"):
            prior = replace(prior, directions=None)
        return prior

    def save(self, path: Path) -> None:
        """Write as JSON."""
        sound = [round(float(x), 5) for x in self.sound]
        written: dict[str, Any] = {"tags": self.tag_weights, "sound": sound, "ears": self.ears}
        if self.directions:
            written["directions"] = self.directions.written()
        lines = (f"{json.dumps(name)}: {json.dumps(value)}" for name, value in written.items())
        path.write_text("{" + ",\n".join(lines) + "}\n", encoding="utf-8")

    def inputs(self, catalogue: Catalogue) -> FloatArray:
        """Float32 [n, 4]: log odds of the percentile by tags and whether absent; so by sound."""
        cached = _SAID.get(catalogue)
        if cached is None or cached[0] is not self:
            cached = _SAID[catalogue] = (self, self._measured(catalogue))
        return cached[1]

    def _measured(self, catalogue: Catalogue) -> FloatArray:
        columns: list[FloatArray] = []
        for measured in (self._by_tags(catalogue), self._by_sound(catalogue)):
            columns.append(PercentileTransform.of(measured).log_odds_of(measured))
            columns.append(np.isnan(measured).astype(np.float32))
        return np.stack(columns, axis=1)

    def tag_values(self, catalogue: Catalogue) -> FloatArray:
        """Float32 [tags of the catalogue]: their weights; NaN for tags never met in training."""
        weights = self.tag_weights
        return np.array([weights.get(t, np.nan) for t in catalogue.tag_names], np.float32)

    def _by_tags(self, catalogue: Catalogue) -> FloatArray:
        values = self.tag_values(catalogue)[catalogue.tag_codes]
        met = np.isfinite(values)
        sums = row_sums(np.where(met, values, 0), catalogue.tag_starts)
        counts = row_sums(met.astype(np.float32), catalogue.tag_starts)
        mean = sums / np.maximum(counts, 1)
        return np.where(counts > 0, mean, np.nan).astype(np.float32)

    def _by_sound(self, catalogue: Catalogue) -> FloatArray:
        if len(self.sound) == 0 or catalogue.sound.shape[1] != len(self.sound):
            return np.full(len(catalogue), np.nan, np.float32)
        return mapped.products(catalogue.sound, self.sound)


_SAID: WeakKeyDictionary[Catalogue, tuple[Prior, FloatArray]] = WeakKeyDictionary()
"""What a prior says of a library changes with no like: it is kept while the library is."""


@lru_cache(maxsize=4)
def load(path: Path) -> Prior:
    """Read what `save` wrote. Raises ModelError when it is damaged."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        tags = {str(tag): float(weight) for tag, weight in document["tags"].items()}
        directions = Directions.read(document["directions"]) if "directions" in document else None
        sound = np.array(document["sound"], np.float32)
        return Prior(tags, sound, str(document.get("ears", "")), directions)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} cannot be read ({error})") from error


@lru_cache(maxsize=4)
def card_checksum(card: Path) -> str:
    """The checksum on a model's card; empty when there is none."""
    try:
        return str(json.loads(card.read_text(encoding="utf-8"))["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
