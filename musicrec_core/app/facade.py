"""MusicRec: everything both front ends ask for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from musicrec_core.app import (
    audience,
    exporting,
    feedback,
    health,
    listing,
    people,
    queries,
    reading,
    recommending,
    scanning,
    transfer,
)
from musicrec_core.app.context import Context
from musicrec_core.app.learner import Learner
from musicrec_core.app.results import (
    Cancelled,
    Check,
    Explanation,
    Given,
    LibraryRow,
    OnProgress,
    Recommendations,
    Status,
)
from musicrec_core.records import (
    FeedbackKind,
    FeedbackSource,
    ScanReport,
    Tags,
    Track,
)

if TYPE_CHECKING:
    from musicrec_core.app.enriching import EnrichOptions, EnrichReport
    from musicrec_core.app.exporting import TrackExport
    from musicrec_core.app.lastfm import LastFmStatus
    from musicrec_core.app.transfer import ImportReport
    from musicrec_core.store.search import Order


class MusicRec(Learner, AbstractContextManager["MusicRec"]):
    """One person's musicrec, for one thread; another thread makes its own.

    Every method raises a MusicRecError with one clear line for what the user can mend.
    """

    def __init__(self, profile: str = "default", home: Path | None = None) -> None:
        super().__init__(Context(profile, home))

    def probably_meant(self) -> str | None:
        """The profile that was probably meant, where this one is new; else None."""
        return people.probably_meant(self._context)

    # --- the library ---

    def scan(
        self,
        folders: Sequence[str] = (),
        *,
        jobs: int | None = None,
        tags_only: bool = False,
        retry_failed: bool = False,
        cluster: str | None = None,
        progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ScanReport:
        """Find new, changed, moved and missing files, read tags, analyse, rescore.

        Without folders, those scanned before. Raises LibraryError for a missing folder or one
        that holds no audio. When `cancelled` turns true it stops within a second; what was done
        is kept and the next scan goes on there.
        """
        options = scanning.ScanOptions(jobs, tags_only, retry_failed, cluster)
        return scanning.scan(self._context, folders, options, progress, cancelled)

    def add_from_tags(self, items: Iterable[tuple[str, Tags]]) -> int:
        """Take files and their tags from elsewhere (beets), without reading tags again."""
        return reading.add_from_tags(self._context, items)

    def take_library(
        self, mtimes_s: Mapping[str, int], tags_of: Callable[[str], Tags]
    ) -> dict[str, int]:
        """Stay in step with a library kept by another program; its track ids by path.

        `mtimes_s` holds each of its files with its time in whole seconds, 0 where that is not
        known; `tags_of` is asked about new and changed ones only. Files that came in this way,
        are not among them any more and are gone from the disk too are marked missing.
        """
        return reading.take_library(self._context, mtimes_s, tags_of)

    def prune(self) -> int:
        """Forget missing files; features and feedback are kept. Returns how many."""
        return scanning.prune(self._context)

    def files_under(self, folder: str) -> int:
        """How many files are remembered in a scanned folder; LibraryError if it is none."""
        return scanning.files_under(self._context, folder)

    def forget_folder(self, folder: str) -> int:
        """Stop scanning a folder and forget its files; their features and feedback are kept.

        Returns how many. Raises LibraryError where it is no scanned folder.
        """
        return scanning.forget_root(self._context, folder)

    def status(self) -> Status:
        """Coverage and health."""
        return health.status(self._context)

    def doctor(self) -> tuple[Check, ...]:
        """Look at everything that musicrec leans on."""
        return health.doctor(self._context)

    # --- finding ---

    def find(self, query: str) -> Track:
        """The one track that a path, an id or words mean; else QueryError with candidates."""
        return queries.one(self._context, query)

    def find_all(self, query: str) -> list[Track]:
        """Like `find`, but an artist or an album stands for its songs."""
        return queries.many(self._context, query)

    def search(self, text: str, limit: int = 50) -> list[Track]:
        """Tracks by words in title, artist, album and genre; typing mistakes forgiven."""
        return listing.search(self._context, text, limit)

    def listing(
        self, order: Order = "artist", *, descending: bool = False, text: str = ""
    ) -> array[int]:
        """File ids of the library in an order, or best matches first where text is given."""
        return listing.ids(self._context, order, descending, text)

    def rows(self, file_ids: Sequence[int]) -> list[LibraryRow]:
        """The lines of a page of `listing`."""
        return listing.rows(self._context, file_ids)

    # --- recommending ---

    def recommend(
        self,
        n: int = 20,
        *,
        seeds: Sequence[str] = (),
        tag: str | None = None,
        among: Collection[int] | None = None,
        popular: float = 0.5,
    ) -> Recommendations:
        """The best n tracks: for this person, near seeds, or with a tag.

        `among` limits the picks to these track ids. `popular` prefers little known artists at 0,
        well known ones at 1, and looks at neither at 0.5.
        """
        return recommending.recommend(self._context, n, seeds, tag, among, popular)

    def listeners(self, tracks: Sequence[Track]) -> list[int | None]:
        """How many people of the map listen to each track's artist; None where unknown."""
        return audience.listeners(self._context, tracks)

    def explain(self, query: str) -> Explanation:
        """Why a track has its score, or what keeps it out."""
        return recommending.explain(self._context, query)

    def scores(self) -> dict[int, float]:
        """The score of every scored track by track id."""
        return recommending.scores(self._context)

    # --- feedback; learning from it is in Learner ---

    def give(
        self,
        track: Track,
        kind: FeedbackKind,
        *,
        value: float | None = None,
        source: FeedbackSource = "cli",
    ) -> Given:
        """Append a like, dislike, rating (value 1 to 5), skip or play (value seconds)."""
        return feedback.give(self._context, track, kind, value, source)

    def opinions(self) -> dict[int, FeedbackKind]:
        """`like` or `dislike` by track id, where one is in force."""
        return feedback.opinions(self._context.store.feedback.in_force(self._context.profile))

    def undo(self, source: FeedbackSource = "cli") -> Given | None:
        """Take back the newest event in force; None when there is nothing to undo."""
        return feedback.undo(self._context, source)

    # --- Last.fm: imported only here, so that nothing of it is loaded before it is asked for ---

    def enrich(
        self,
        options: EnrichOptions | None = None,
        progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> EnrichReport:
        """Ask Last.fm about the library and the user's listening, then rescore.

        Raises EnrichError by kind, OffError while Last.fm is off. What came before is kept.
        """
        from musicrec_core.app import enriching

        chosen = options or enriching.EnrichOptions()
        return enriching.enrich(self._context, chosen, progress, cancelled)

    def lastfm_login(
        self, key: str | None = None, user: str | None = None, server: str | None = None
    ) -> LastFmStatus:
        """Turn Last.fm on, or change what is not None. Raises EnrichError for a refused key."""
        from musicrec_core.app import lastfm

        return lastfm.login(self._context, key, user, server)

    def lastfm_logout(self, *, answers: bool = False) -> bool:
        """Turn Last.fm off and forget the key; with `answers`, what it said as well."""
        from musicrec_core.app import lastfm

        return lastfm.logout(self._context, answers=answers)

    def lastfm_status(self) -> LastFmStatus:
        """Whether Last.fm is on and what came of it; opens no connection."""
        from musicrec_core.app import lastfm

        return lastfm.status(self._context)

    # --- in and out ---

    def export_tracks(self, *, embeddings: bool = False) -> Iterator[TrackExport]:
        """Every present file with all that is known of it."""
        return exporting.export_tracks(self._context, embeddings)

    def export_everything(self) -> Iterator[dict[str, object]]:
        """Everything of the user's, as objects that `import_lines` takes back."""
        return exporting.export_everything(self._context)

    def export_rescued(self) -> tuple[Iterator[dict[str, object]], int]:
        """What of that can still be read in a damaged database, and how much feedback is lost."""
        return exporting.export_rescued(self._context)

    def import_lines(
        self, lines: Iterable[str], progress: OnProgress | None = None
    ) -> ImportReport:
        """Take back what `export_everything` wrote; what is there already is not doubled."""
        return transfer.import_lines(self._context, lines, progress)

    def import_tables(
        self, tracks: Path | None, ratings: Path, progress: OnProgress | None = None
    ) -> ImportReport:
        """Take ratings from tables whose tracks are in the library."""
        from musicrec_core.app import table_import  # numpy: no other command here needs it

        return table_import.import_tables(self._context, tracks, ratings, progress)

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
