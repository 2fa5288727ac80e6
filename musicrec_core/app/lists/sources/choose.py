"""Which source a request asks for; the others are not even imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.app.lists.sources.for_you import ForYouSource

if TYPE_CHECKING:
    from musicrec_core.app.library.tag_query import TagMatch
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.app.lists.sources.source import Source
    from musicrec_core.app.wishes.match import WishMatch


def source_of(request: ListRequest, tagged: TagMatch | None, met: WishMatch | None) -> Source:
    """Where the picks of a request come from. tagged, met: what its words stand for."""
    if request.session is not None:
        from musicrec_core.app.lists.sources.radio import RadioSource

        return RadioSource(request.session)
    if request.kind == "dissimilar":
        from musicrec_core.app.lists.sources.dissimilar import DissimilarSource

        return DissimilarSource()
    if request.kind == "journey":
        from musicrec_core.app.lists.sources.journey import JourneySource

        return JourneySource()
    if request.seeds:
        from musicrec_core.app.lists.sources.seeds import SeedsSource

        return SeedsSource()
    if met is not None:
        from musicrec_core.app.lists.sources.wishes import WishSource

        return WishSource(met)
    if tagged is not None:
        from musicrec_core.app.lists.sources.words import WordsSource

        return WordsSource(tagged)
    return ForYouSource()
