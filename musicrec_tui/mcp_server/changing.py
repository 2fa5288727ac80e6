"""Tools that change something of the user's; each says what it did, and each can be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from mcp.server import MCPServer
from mcp.types import ToolAnnotations

from musicrec_core.app.facade import MusicRec
from musicrec_tui.cli.common import track_json
from musicrec_tui.mcp_server.thread import LibraryThread

CHANGES = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
Answer = dict[str, Any]
BanKind = Literal["artist", "album", "genre", "folder"]


def register(server: MCPServer, library: LibraryThread) -> None:
    """Add them."""
    _opinions(server, library)
    _songs_of_playlists(server, library)
    _whole_playlists(server, library)
    _bans(server, library)


def _opinions(server: MCPServer, library: LibraryThread) -> None:
    async def say(query: str, kind: Any, value: float | None = None) -> Answer:
        def do(musicrec: MusicRec) -> Answer:
            track = musicrec.library.find(query)
            recorded = musicrec.feedback.record(track, kind, value=value, source="mcp")
            return {"track": track_json(recorded.track), "feedback_id": recorded.feedback_id}

        return await library.ask(do)

    @server.tool(annotations=CHANGES)
    async def like(query: str) -> Answer:
        """This person likes the song."""
        return await say(query, "like")

    @server.tool(annotations=CHANGES)
    async def dislike(query: str) -> Answer:
        """This person dislikes the song: it is never recommended until that is undone."""
        return await say(query, "dislike")

    @server.tool(annotations=CHANGES)
    async def rate(query: str, stars: int) -> Answer:
        """The song gets 1 to 5 stars."""
        return await say(query, "rating", stars)

    @server.tool(annotations=CHANGES)
    async def undo_opinion() -> Answer:
        """Take back the newest like, dislike, rating, skip or play."""
        undone = await library.ask(lambda musicrec: musicrec.feedback.undo("mcp"))
        if undone is None:
            return {"undone": None}
        return {"undone": undone.undone, "track": track_json(undone.track)}


async def _changed(library: LibraryThread, make: Callable[[MusicRec], Any]) -> Answer:
    """What was done to a playlist, in words; null where there was nothing to do."""
    made = await library.ask(make)
    if made is None:
        return {"done": None}
    return {"done": made.description, "playlist": made.playlist, "songs": made.songs}


def _songs_of_playlists(server: MCPServer, library: LibraryThread) -> None:
    @server.tool(annotations=CHANGES)
    async def add_to_playlist(name: str, queries: list[str], at: int | None = None) -> Answer:
        """Put songs into a playlist, which is made where there is none; `at` counts from 1."""

        def add(musicrec: MusicRec) -> Any:
            tracks = [track for query in queries for track in musicrec.library.find_all(query)]
            return musicrec.playlists.add(name, tracks, at=at)

        return await _changed(library, add)

    @server.tool(annotations=CHANGES)
    async def remove_from_playlist(name: str, positions: list[int]) -> Answer:
        """Take out the songs at these positions, which count from 1."""
        return await _changed(library, lambda musicrec: musicrec.playlists.remove(name, positions))

    @server.tool(annotations=CHANGES)
    async def move_in_playlist(name: str, positions: list[int], to: int) -> Answer:
        """Put songs elsewhere, the first of them at position `to`."""
        return await _changed(
            library, lambda musicrec: musicrec.playlists.move(name, positions, to)
        )


def _whole_playlists(server: MCPServer, library: LibraryThread) -> None:
    @server.tool(annotations=CHANGES)
    async def clear_playlist(name: str) -> Answer:
        """Take out every song."""
        return await _changed(library, lambda musicrec: musicrec.playlists.clear(name))

    @server.tool(annotations=CHANGES)
    async def rename_playlist(name: str, new_name: str) -> Answer:
        """Give it another name."""
        return await _changed(library, lambda musicrec: musicrec.playlists.rename(name, new_name))

    @server.tool(annotations=CHANGES)
    async def delete_playlist(name: str) -> Answer:
        """Delete the playlist, not the songs."""
        return await _changed(library, lambda musicrec: musicrec.playlists.delete(name))

    @server.tool(annotations=CHANGES)
    async def undo_playlist(name: str | None = None) -> Answer:
        """Take back the newest change of any playlist, or of one."""
        return await _changed(library, lambda musicrec: musicrec.playlists.undo(name))


def _bans(server: MCPServer, library: LibraryThread) -> None:
    @server.tool(annotations=CHANGES)
    async def ban(kind: BanKind, value: str) -> Answer:
        """Never pick this artist, album, genre or folder again."""
        made = await library.ask(lambda musicrec: musicrec.lists.ban(kind, value))
        return {"banned": made.kind, "value": made.value}

    @server.tool(annotations=CHANGES)
    async def unban(kind: BanKind, value: str) -> Answer:
        """Take a ban back."""
        made = await library.ask(lambda musicrec: musicrec.lists.unban(kind, value))
        return {"unbanned": made.kind, "value": made.value}
