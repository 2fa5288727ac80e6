"""Sources: where the candidates of a list come from, and how they are ordered."""

from musicrec_core.app.lists.sources.dissimilar import DissimilarSource
from musicrec_core.app.lists.sources.for_you import ForYouSource
from musicrec_core.app.lists.sources.journey import JourneySource
from musicrec_core.app.lists.sources.radio import RadioSource
from musicrec_core.app.lists.sources.seeds import SeedsSource
from musicrec_core.app.lists.sources.source import Source
from musicrec_core.app.lists.sources.wishes import WishSource
from musicrec_core.app.lists.sources.words import WordsSource

__all__ = [
    "DissimilarSource",
    "ForYouSource",
    "JourneySource",
    "RadioSource",
    "SeedsSource",
    "Source",
    "WishSource",
    "WordsSource",
]
