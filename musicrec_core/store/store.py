"""The open database and its parts."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType

from musicrec_core.store.connection import atomic, connect
from musicrec_core.store.library.changes import ChangeLog
from musicrec_core.store.library.counters import LibraryCounters
from musicrec_core.store.library.exclusions import ExclusionsTable
from musicrec_core.store.library.files import FilesTable
from musicrec_core.store.library.name_search import NameSearch
from musicrec_core.store.library.oddities import OdditiesTable
from musicrec_core.store.library.roots import RootsTable
from musicrec_core.store.library.search import Search
from musicrec_core.store.library.songs import SongsTable
from musicrec_core.store.library.tracks import TracksTable
from musicrec_core.store.measured.analysis import AnalysisTable
from musicrec_core.store.measured.scorings import ScoringsTable
from musicrec_core.store.opinions.feedback import FeedbackTable
from musicrec_core.store.opinions.file_ratings import FileRatingsTable
from musicrec_core.store.opinions.guarded import GuardedTable
from musicrec_core.store.playlists import PlaylistsTable
from musicrec_core.store.queues import QueuesTable
from musicrec_core.store.saved_lists import SavedListsTable
from musicrec_core.store.services.enrichment import EnrichmentTable
from musicrec_core.store.services.listens import ListensTable
from musicrec_core.store.talks import TalksTable
from musicrec_core.store.upgrade import OnUpgrade


class Store:
    """One connection, for one thread. Close it, or use it as a context manager."""

    def __init__(self, path: Path, on_upgrade: OnUpgrade = lambda _: None) -> None:
        self.path = path
        self._conn = connect(path, on_upgrade)
        self.counters = LibraryCounters(self._conn)
        self.changes = ChangeLog(self._conn)
        self.roots = RootsTable(self._conn, self.counters)
        self.tracks = TracksTable(self._conn)
        self.files = FilesTable(self._conn, self.counters, self.tracks.track_of)
        self.analysis = AnalysisTable(self._conn)
        self.file_ratings = FileRatingsTable(self._conn)
        self.exclusions = ExclusionsTable(self._conn)
        self.feedback = FeedbackTable(self._conn)
        self.enrichment = EnrichmentTable(self._conn)
        self.guarded = GuardedTable(self._conn)
        self.listens = ListensTable(self._conn)
        self.playlists = PlaylistsTable(self._conn)
        self.saved_lists = SavedListsTable(self._conn)
        self.queues = QueuesTable(self._conn)
        self.scorings = ScoringsTable(self._conn)
        self.oddities = OdditiesTable(self._conn)
        self.search = Search(self._conn)
        self.name_search = NameSearch(self._conn)
        self.songs = SongsTable(self._conn)
        self.talks = TalksTable(self._conn)

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
