"""Sources: where the candidates of a list come from, and how they are ordered."""

from musicrec_core.app.lists.sources.for_you import ForYou
from musicrec_core.app.lists.sources.seeds import Seeds
from musicrec_core.app.lists.sources.source import Source
from musicrec_core.app.lists.sources.words import Words

__all__ = ["ForYou", "Seeds", "Source", "Words"]
