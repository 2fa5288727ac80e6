"""Sources: where the candidates of a list come from, and how they are ordered."""

from musicrec_core.app.lists.sources.choose import source_of
from musicrec_core.app.lists.sources.for_you import ForYouSource
from musicrec_core.app.lists.sources.source import Source

__all__ = ["ForYouSource", "Source", "source_of"]
