"""The library: scanning it, finding songs, browsing."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.library import browse, external, heard, quarantine, query, scan
from musicrec_core.app.results import (
    Cancelled,
    LibraryOrder,
    LibraryRow,
    NamedGroup,
    OnProgress,
    TrackFacts,
)
from musicrec_core.records import FailedFile, ScanReport, Tags, Track

if TYPE_CHECKING:
    from musicrec_core.app.describe.ask import DescribedAs
    from musicrec_core.app.describe.records import Description
    from musicrec_core.app.lists.filters import LibraryFilter, TypedQuery
    from musicrec_core.library.lyrics import LyricLine


class LibraryPart(FacadePart):
    """The files a person owns."""

    __slots__ = ()

    def scan(
        self,
        folders: Sequence[str] = (),
        *,
        jobs: int | None = None,
        tags_only: bool = False,
        retry_failed: bool = False,
        cluster: str | None = None,
        again: bool = False,
        exclude: Sequence[str] = (),
        include: Sequence[str] = (),
        progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ScanReport:
        """Find new, changed, moved and missing files, read tags, analyse, rescore.

        Without folders, those scanned before. `again` reads the tags of unchanged files too.
        `exclude` holds patterns as in .gitignore, remembered until `include` names them. Raises
        LibraryError for a missing folder or one that holds no audio. When `cancelled` turns true
        it stops within a second; what was done is kept and the next scan goes on there.
        """
        options = scan.ScanOptions(jobs, tags_only, retry_failed, cluster, again, exclude, include)
        return scan.scan(self._context, folders, options, progress, cancelled)

    def add_from_tags(self, items: Iterable[tuple[str, Tags]]) -> int:
        """Take files and their tags from elsewhere (beets), without reading tags again."""
        return external.add_from_tags(self._context, items)

    def take_library(
        self, mtimes_s: Mapping[str, int], tags_of: Callable[[str], Tags]
    ) -> dict[str, int]:
        """Stay in step with a library kept by another program; its track ids by path.

        `mtimes_s` holds each of its files with its time in whole seconds, 0 where that is not
        known; `tags_of` is asked about new and changed ones only. Files that came in this way,
        are not among them any more and are gone from the disk too are marked missing.
        """
        return external.take_library(self._context, mtimes_s, tags_of)

    def quarantine(self) -> list[FailedFile]:
        """The files that no scan could read, by path; each is left alone until it changes."""
        return quarantine.files(self._context)

    def release(self, path: str) -> None:
        """Let the next scan try one of them again; LibraryError where it is none of them."""
        quarantine.release(self._context, path)

    def prune(self) -> int:
        """Forget missing files; features and feedback are kept. Returns how many."""
        return scan.prune(self._context)

    def files_under(self, folder: str) -> int:
        """How many files are remembered in a scanned folder; LibraryError if it is none."""
        return scan.files_under(self._context, folder)

    def forget_folder(self, folder: str) -> int:
        """Stop scanning a folder and forget its files; their features and feedback are kept.

        Returns how many. Raises LibraryError where it is no scanned folder.
        """
        return scan.forget_root(self._context, folder)

    def find(self, text: str) -> Track:
        """The one track that a path, an id or words mean; else QueryError with candidates."""
        return query.one(self._context, text)

    def find_all(self, text: str) -> list[Track]:
        """The songs that a path, an id or words mean, in the order in which they are heard.

        Of an artist, an album, a folder or `playlist:NAME` all; else QueryError with candidates.
        """
        return query.in_order(self._context, text)

    def tracks(self, track_ids: Iterable[int]) -> dict[int, Track]:
        """Those of the tracks that are known, by id."""
        return self._context.store.tracks.by_id(track_ids)

    def search(self, text: str, limit: int = 50) -> list[Track]:
        """Tracks by words in title, artist, album and genre; typing mistakes forgiven."""
        return browse.search(self._context, text, limit)

    def listing(
        self, order: LibraryOrder = "artist", *, descending: bool = False, text: str = "",
        where: str = "",
    ) -> array[int]:  # fmt: skip
        """File ids of the library in an order, or best matches first where text is given.

        where: rules that the songs must fit, as in `ListRequest`; RuleError for what is none.
        """
        return browse.ids(self._context, order, descending, text, where)

    def artists(self) -> list[NamedGroup]:
        """Every artist by name; files without one come last."""
        return [NamedGroup(*row) for row in self._context.store.listing.artists()]

    def albums_of(self, artist: str) -> list[NamedGroup]:
        """The albums of an artist by year."""
        return [NamedGroup(*row) for row in self._context.store.listing.albums_of(artist)]

    def files_of(self, artist: str, album: str | None = None) -> array[int]:
        """File ids of an artist or of one album, in the order in which they are heard."""
        return self._context.store.listing.files_of(artist, album)

    def read_query(self, text: str) -> TypedQuery:
        """What stands in a search box, as words and rules."""
        from musicrec_core.app.lists import filters

        return filters.read(text)

    def filters(self) -> list[LibraryFilter]:
        """Rules worth offering for this library."""
        from musicrec_core.app.lists import filters

        return filters.offered(self._context)

    def rows(self, file_ids: Sequence[int], *, with_details: bool = False) -> list[LibraryRow]:
        """The lines of a page of `listing`; with what was heard in the songs and done with them."""
        return browse.rows(self._context, file_ids, with_details=with_details)

    def describe(self, query: str, subject: DescribedAs | None = None) -> Description:
        """A song, an artist, an album or a list in a few sentences, with what they stand on."""
        from musicrec_core.app.describe import ask

        return ask.describe(self._context, query, subject)

    def lyrics(self, track: Track) -> tuple[LyricLine, ...]:
        """The words of a song, from beside its file or its tags; none where there are none."""
        from musicrec_core.library.lyrics import lyrics

        return lyrics(track.path)

    def cover(self, track: Track) -> bytes | None:
        """The picture of a song, as stored in its tags or beside it."""
        from musicrec_core.library.covers import cover

        return cover(track.path)

    def heard(self, track_id: int) -> TrackFacts:
        """What listening found out about a track: tempo, key, moods."""
        return heard.facts(self._context, track_id)
