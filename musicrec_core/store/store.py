"""The open database and its parts."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from musicrec_core.store.connection import atomic, connect
from musicrec_core.store.library.changes import ChangeLog
from musicrec_core.store.library.counters import LibraryCounters
from musicrec_core.store.library.exclusions import ExclusionsTable
from musicrec_core.store.library.files import FilesTable
from musicrec_core.store.library.listing import Listing
from musicrec_core.store.library.roots import RootsTable
from musicrec_core.store.library.search import Search
from musicrec_core.store.library.songs import SongsTable
from musicrec_core.store.library.tracks import TracksTable
from musicrec_core.store.measured.analysis import AnalysisTable
from musicrec_core.store.measured.scorings import ScoringsTable
from musicrec_core.store.opinions.feedback import FeedbackTable
from musicrec_core.store.opinions.guarded import GuardedTable
from musicrec_core.store.upgrade import OnUpgrade

if TYPE_CHECKING:
    from musicrec_core.store.library.mentions import MentionSearch
    from musicrec_core.store.library.name_search import NameSearch
    from musicrec_core.store.library.oddities import OdditiesTable
    from musicrec_core.store.opinions.file_ratings import FileRatingsTable
    from musicrec_core.store.playlists import PlaylistsTable
    from musicrec_core.store.queues import QueuesTable
    from musicrec_core.store.saved_lists import SavedListsTable
    from musicrec_core.store.services.enrichment import EnrichmentTable
    from musicrec_core.store.services.listens import ListensTable
    from musicrec_core.store.talks import TalksTable


class Store:
    """One connection, for one thread. Close it, or use it as a context manager.

    Parts that most questions leave alone are imported when they are first asked for.
    """

    def __init__(self, path: Path, on_upgrade: OnUpgrade = lambda _: None) -> None:
        self.path = path
        self._conn = connect(path, on_upgrade)
        self.counters = LibraryCounters(self._conn)
        self.changes = ChangeLog(self._conn)
        self.roots = RootsTable(self._conn, self.counters)
        self.tracks = TracksTable(self._conn)
        self.files = FilesTable(self._conn, self.counters, self.tracks.track_of)
        self.analysis = AnalysisTable(self._conn)
        self.exclusions = ExclusionsTable(self._conn)
        self.feedback = FeedbackTable(self._conn)
        self.guarded = GuardedTable(self._conn)
        self.scorings = ScoringsTable(self._conn)
        self.search = Search(self._conn)
        self.listing = Listing(self._conn)
        self.songs = SongsTable(self._conn)

    @cached_property
    def enrichment(self) -> EnrichmentTable:
        """What music services answered."""
        from musicrec_core.store.services.enrichment import EnrichmentTable

        return EnrichmentTable(self._conn)

    @cached_property
    def listens(self) -> ListensTable:
        """What was listened to at a music service."""
        from musicrec_core.store.services.listens import ListensTable

        return ListensTable(self._conn)

    @cached_property
    def playlists(self) -> PlaylistsTable:
        """Playlists and the journal of their changes."""
        from musicrec_core.store.playlists import PlaylistsTable

        return PlaylistsTable(self._conn)

    @cached_property
    def saved_lists(self) -> SavedListsTable:
        """Requests under a name."""
        from musicrec_core.store.saved_lists import SavedListsTable

        return SavedListsTable(self._conn)

    @cached_property
    def queues(self) -> QueuesTable:
        """What each profile listens to."""
        from musicrec_core.store.queues import QueuesTable

        return QueuesTable(self._conn)

    @cached_property
    def oddities(self) -> OdditiesTable:
        """What is odd about the files."""
        from musicrec_core.store.library.oddities import OdditiesTable

        return OdditiesTable(self._conn)

    @cached_property
    def talks(self) -> TalksTable:
        """What was asked for in words."""
        from musicrec_core.store.talks import TalksTable

        return TalksTable(self._conn)

    @cached_property
    def name_search(self) -> NameSearch:
        """Names that are nearly those asked for."""
        from musicrec_core.store.library.name_search import NameSearch

        return NameSearch(self._conn)

    @cached_property
    def mentions(self) -> MentionSearch:
        """Songs whose names stand in what was said."""
        from musicrec_core.store.library.mentions import MentionSearch

        return MentionSearch(self._conn)

    @cached_property
    def file_ratings(self) -> FileRatingsTable:
        """Ratings that stand in the files."""
        from musicrec_core.store.opinions.file_ratings import FileRatingsTable

        return FileRatingsTable(self._conn)

    def atomic(self) -> AbstractContextManager[None]:
        """All of the block or none of it."""
        return atomic(self._conn)

    def check(self) -> str:
        """`ok`, or what SQLite finds wrong with the file."""
        return str(self._conn.execute("PRAGMA integrity_check(1)").fetchone()[0])

    def close(self) -> None:
        """Give the connection back."""
        self._conn.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
