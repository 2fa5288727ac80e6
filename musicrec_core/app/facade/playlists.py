"""Playlists: named lists of songs in an order. Positions count from 1."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.playlists import edit, files, guests, lookup, select
from musicrec_core.app.playlists.files import ReadPlaylist, WrittenPlaylist
from musicrec_core.app.playlists.records import Playlist, PlaylistChange, PlaylistSummary
from musicrec_core.records import FeedbackSource, Track


class PlaylistsPart(FacadePart):
    """The playlists of this profile.

    A name is met in whatever case and accents. Where there is none of it, methods but `create`,
    `add` and `replace`, which make one, raise QueryError with the nearest names.
    """

    __slots__ = ()

    def all(self) -> list[PlaylistSummary]:
        """Every playlist, by name."""
        return lookup.summaries(self._context)

    def exists(self, name: str) -> bool:
        """Whether there is one of that name."""
        return self._context.store.playlists.named(self._context.profile, name) is not None

    def near(self, name: str) -> list[str]:
        """Names of playlists that begin so or are much like this one."""
        return lookup.near(self._context, name)

    def show(self, name: str) -> Playlist:
        """A playlist with its songs."""
        return lookup.show(self._context, name)

    def find(self, name: str, query: str, *, every: bool = False) -> list[int]:
        """The positions in a playlist of the song, or of `every` song, that a QUERY means."""
        return select.positions(self._context, name, query, every=every)

    def create(self, name: str, tracks: Sequence[Track] = ()) -> PlaylistChange:
        """Make a new playlist; MusicRecError where there is one of that name."""
        return edit.create(self._context, name, tracks)

    def add(
        self, name: str, tracks: Sequence[Track], *, at: int | None = None, unique: bool = False
    ) -> PlaylistChange:
        """Put songs before position `at`, or at the end; `unique` ones only if not there yet."""
        return edit.add(self._context, name, tracks, at, unique)

    def remove(self, name: str, positions: Collection[int]) -> PlaylistChange:
        """Take out the songs at these positions, see `find`."""
        return edit.remove(self._context, name, positions)

    def move(self, name: str, positions: Collection[int], to: int) -> PlaylistChange:
        """Put songs together elsewhere, the first of them at position `to`."""
        return edit.move(self._context, name, positions, to)

    def replace(self, name: str, tracks: Sequence[Track]) -> PlaylistChange:
        """Let it hold these songs and no others."""
        return edit.replace(self._context, name, tracks)

    def clear(self, name: str) -> PlaylistChange:
        """Take out every song."""
        return edit.clear(self._context, name)

    def rename(self, name: str, new_name: str) -> PlaylistChange:
        """Give it another name."""
        return edit.rename(self._context, name, new_name)

    def delete(self, name: str) -> PlaylistChange:
        """Delete the playlist, not the songs."""
        return edit.delete(self._context, name)

    def invite(self, name: str, every: int) -> PlaylistChange:
        """Put a marked guest after every so many songs of the user's own."""
        return guests.invite(self._context, name, every)

    def accept(
        self,
        name: str,
        positions: Collection[int] | None = None,
        *,
        like: bool = False,
        source: FeedbackSource = "cli",
    ) -> PlaylistChange:
        """Let guests stay, all of them or those at these positions; `like` likes them too."""
        return guests.accept(self._context, name, positions, like=like, source=source)

    def reject(
        self,
        name: str,
        positions: Collection[int] | None = None,
        *,
        never: bool = False,
        source: FeedbackSource = "cli",
    ) -> PlaylistChange:
        """Take guests out; they come again in a month at the earliest, disliked ones `never`."""
        return guests.reject(self._context, name, positions, never=never, source=source)

    def guests_for(self, tracks: Sequence[Track], wanted: int) -> tuple[Track, ...]:
        """Songs that fit these and are not among them, for a queue (`ordered.guest_places`)."""
        return guests.for_tracks(self._context, tracks, wanted)

    def undo(self, name: str | None = None) -> PlaylistChange | None:
        """Take back the newest change of any playlist, or of one; None where there is none."""
        return edit.undo(self._context, name)

    def redo(self, name: str | None = None) -> PlaylistChange | None:
        """Do again what was taken back last; None where there is nothing."""
        return edit.redo(self._context, name)

    def read_file(self, file: Path) -> ReadPlaylist:
        """What an M3U file holds of the library; nothing is kept of it."""
        return files.read(self._context, file)

    def take_file(self, name: str, read: ReadPlaylist) -> PlaylistChange:
        """Let a playlist hold what a file held."""
        return edit.replace(self._context, name, read.tracks, "import")

    def as_m3u(
        self, tracks: Sequence[Track], name: str = "", relative_to: Path | None = None
    ) -> WrittenPlaylist:
        """Songs as the content of an M3U file; with a folder, paths from there."""
        return files.written(tracks, name, relative_to)

    def write_file(
        self, file: Path, tracks: Sequence[Track], name: str = "", *, relative: bool = False
    ) -> WrittenPlaylist:
        """Write songs to an M3U file, which is replaced in one step."""
        return files.write(file, tracks, name, relative=relative)

    def check_target(self, file: Path) -> None:
        """MusicRecError where a playlist file cannot be written there."""
        files.check_target(file)
