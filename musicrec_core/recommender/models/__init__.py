"""Model versions on disk: files, checksums, which one is in use, and what may take its place."""

from musicrec_core.recommender.models.ears_codec import ears_registry
from musicrec_core.recommender.models.registry import Registry
from musicrec_core.recommender.models.taste_codec import taste_registry

__all__ = ["Registry", "ears_registry", "taste_registry"]
