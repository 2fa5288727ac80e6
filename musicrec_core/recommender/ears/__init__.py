"""What a song sounds like: moods, genres, arousal, valence and an embedding, from sound alone."""

from musicrec_core.recommender.ears.model import Ears
from musicrec_core.recommender.ears.personal import PersonalEars

__all__ = ["Ears", "PersonalEars"]
