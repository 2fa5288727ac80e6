"""MusicRec: everything the front ends ask for."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context

if TYPE_CHECKING:
    from musicrec_core.app.facade.assistant import AssistantPart
    from musicrec_core.app.facade.exchange import ExchangePart
    from musicrec_core.app.facade.feedback import FeedbackPart
    from musicrec_core.app.facade.library import LibraryPart
    from musicrec_core.app.facade.lists import ListsPart
    from musicrec_core.app.facade.models import ModelsPart
    from musicrec_core.app.facade.playback import PlaybackPart
    from musicrec_core.app.facade.playlists import PlaylistsPart
    from musicrec_core.app.facade.saved_lists import SavedListsPart
    from musicrec_core.app.facade.services import ServicesPart
    from musicrec_core.app.insights.clusters import Cluster
    from musicrec_core.app.insights.page import Insights
    from musicrec_core.app.insights.song_map import SongMap
    from musicrec_core.app.insights.year import YearInReview
    from musicrec_core.app.results import Check, Status
    from musicrec_core.store.upgrade import OnUpgrade


class MusicRec(AbstractContextManager["MusicRec"]):
    """One person's musicrec, for one thread; another thread makes its own.

    Every method raises a MusicRecError with one clear line for what the user can mend. A part is
    imported when it is first asked for, so that each command, and the first picture of the screens,
    waits for nothing that it does not use.

    on_upgrade: told how far it is while the database of an earlier version is brought up to date,
    and None when that is over.
    """

    def __init__(
        self,
        profile: str = "default",
        home: Path | None = None,
        on_upgrade: OnUpgrade = lambda _: None,
    ) -> None:
        self._context = Context(profile, home, on_upgrade)

    @cached_property
    def library(self) -> LibraryPart:
        """The files a person owns."""
        from musicrec_core.app.facade.library import LibraryPart

        return LibraryPart(self._context)

    @cached_property
    def lists(self) -> ListsPart:
        """What is shown to this person."""
        from musicrec_core.app.facade.lists import ListsPart

        return ListsPart(self._context)

    @cached_property
    def feedback(self) -> FeedbackPart:
        """What this person said and did."""
        from musicrec_core.app.facade.feedback import FeedbackPart

        return FeedbackPart(self._context)

    @cached_property
    def models(self) -> ModelsPart:
        """The taste models of this profile, and the ears that all share."""
        from musicrec_core.app.facade.models import ModelsPart

        return ModelsPart(self._context)

    @cached_property
    def playlists(self) -> PlaylistsPart:
        """Named lists of this person, every change of which can be taken back."""
        from musicrec_core.app.facade.playlists import PlaylistsPart

        return PlaylistsPart(self._context)

    @cached_property
    def saved_lists(self) -> SavedListsPart:
        """Lists under a name, made anew each day."""
        from musicrec_core.app.facade.saved_lists import SavedListsPart

        return SavedListsPart(self._context)

    @cached_property
    def playback(self) -> PlaybackPart:
        """The queue of this person."""
        from musicrec_core.app.facade.playback import PlaybackPart

        return PlaybackPart(self._context)

    @cached_property
    def services(self) -> ServicesPart:
        """Music services."""
        from musicrec_core.app.facade.services import ServicesPart

        return ServicesPart(self._context)

    @cached_property
    def exchange(self) -> ExchangePart:
        """Everything of the user's, out and back in."""
        from musicrec_core.app.facade.exchange import ExchangePart

        return ExchangePart(self._context)

    @cached_property
    def assistant(self) -> AssistantPart:
        """Requests in words."""
        from musicrec_core.app.facade.assistant import AssistantPart

        return AssistantPart(self._context)

    def status(self) -> Status:
        """Coverage and health."""
        from musicrec_core.app.health import status

        return status.status(self._context)

    def revision(self) -> tuple[object, ...]:
        """Changes whenever something was said, scanned or learned, in whatever program."""
        from musicrec_core.app.health import status

        return status.revision(self._context)

    def doctor(self) -> tuple[Check, ...]:
        """Look at everything that musicrec leans on."""
        from musicrec_core.app.health import doctor

        return doctor.doctor(self._context)

    def song_map(self) -> SongMap:
        """The library as a map for plots: alike is near; new songs lie with their neighbours."""
        from musicrec_core.app.insights import song_map

        return song_map.song_map(self._context)

    def clusters(self, playlist: str | None = None) -> tuple[Cluster, ...]:
        """The kinds of music in the library, or in a playlist, named by what sets them apart."""
        from musicrec_core.app.insights import clusters
        from musicrec_core.app.playlists import lookup

        if playlist is None:
            return clusters.of_library(self._context).clusters
        return clusters.of_tracks(self._context, lookup.show(self._context, playlist).tracks)

    def insights(self) -> Insights:
        """What the library and the lists are like, and whether the model still fits them."""
        from musicrec_core.app.insights import page

        return page.insights(self._context)

    def year(self, year: int | None = None) -> YearInReview:
        """What this person played, found and said in a year, this one if none is named."""
        from musicrec_core.app.insights import year as years

        return years.review(self._context, year)

    def close(self) -> None:
        """Close the database."""
        self._context.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
