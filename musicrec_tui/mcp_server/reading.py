"""Tools that change nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Literal

from mcp.server import MCPServer
from mcp.types import ToolAnnotations

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import Dials, ListRequest, Mode
from musicrec_tui.cli.common import notice_text, track_json
from musicrec_tui.cli.insights.insights import insights_json
from musicrec_tui.cli.library.library import status_json
from musicrec_tui.cli.lists.chips import chip_json
from musicrec_tui.cli.lists.recommend import explanation_json, pick_json
from musicrec_tui.cli.playlists.show import playlist_json
from musicrec_tui.mcp_server.thread import LibraryThread

READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
Answer = dict[str, Any]


def register(server: MCPServer, library: LibraryThread, *, logged: bool) -> None:
    """Add them; `logged`: lists count as shown, by which later lists are judged."""
    _library(server, library)
    _lists(server, library, logged=logged)
    _person(server, library)


def _library(server: MCPServer, library: LibraryThread) -> None:
    @server.tool(annotations=READS)
    async def status() -> Answer:
        """How many songs there are, how many were listened to, which model is in use."""
        return await library.ask(lambda musicrec: status_json(musicrec.status()))

    @server.tool(annotations=READS)
    async def search(text: str, limit: int = 50) -> Answer:
        """Songs by words in title, artist, album and genre; typing mistakes are forgiven."""
        tracks = await library.ask(lambda musicrec: musicrec.library.search(text, limit))
        return {"tracks": [track_json(track) for track in tracks]}

    @server.tool(annotations=READS)
    async def describe(query: str, subject: Literal["song", "group"] | None = None) -> Answer:
        """A song, an artist, an album or a list in a few sentences, and what they stand on."""
        described = await library.ask(lambda musicrec: musicrec.library.describe(query, subject))
        return {
            "description": described.text,
            "claims": [asdict(claim) for claim in described.claims],
            "songs": described.songs,
        }


def _lists(server: MCPServer, library: LibraryThread, *, logged: bool) -> None:
    @server.tool(annotations=READS)
    async def recommend(
        count: int = 20,
        seeds: list[str] | None = None,
        unlike: list[str] | None = None,
        mode: Mode | None = None,
        tag: str | None = None,
        text: str | None = None,
        where: str = "",
        popular: float = 0.5,
        explore: float = 0.1,
    ) -> Answer:
        """Songs for this person, near seeds, for a tag, or for a wish in words (`text`).

        where: rules such as "genre:jazz year:..1975 plays:0". popular: 0 prefers little known
        artists, 1 well known ones. explore: share of uncertain picks.
        """

        def ask(musicrec: MusicRec) -> Answer:
            request = ListRequest(
                count, tuple(seeds or ()), tuple(unlike or ()), mode, tag, where, text,
                dials=Dials(popular=popular, explore=explore),
            )  # fmt: skip
            made = musicrec.lists.recommend(request, logged=logged)
            return {
                "model": made.model,
                "tracks": [pick_json(pick) for pick in made.picks],
                "chips": [chip_json(chip) for chip in made.chips],
                "notes": [notice_text(notice) for notice in made.notices],
            }

        return await library.ask(ask)

    @server.tool(annotations=READS)
    async def explain(query: str) -> Answer:
        """Why a song has its score, or what keeps it out of lists."""

        def ask(musicrec: MusicRec) -> Answer:
            explanation = musicrec.lists.explain(query)
            (listeners,) = musicrec.lists.listeners([explanation.track])
            return explanation_json(explanation, listeners)

        return await library.ask(ask)


def _person(server: MCPServer, library: LibraryThread) -> None:
    @server.tool(annotations=READS)
    async def insights() -> Answer:
        """What this person likes, what the library holds, how well the lists did."""
        return await library.ask(lambda musicrec: insights_json(musicrec.insights()))

    @server.tool(annotations=READS)
    async def opinions() -> Answer:
        """The songs that this person likes and dislikes."""

        def ask(musicrec: MusicRec) -> Answer:
            by_kind: dict[str, list[int]] = {"like": [], "dislike": []}
            for track_id, kind in musicrec.feedback.opinions().items():
                by_kind.setdefault(kind, []).append(track_id)
            named = musicrec.library.tracks([i for ids in by_kind.values() for i in ids])
            return {
                f"{kind}d": [track_json(named[i]) for i in ids if i in named]
                for kind, ids in by_kind.items()
            }

        return await library.ask(ask)

    @server.tool(annotations=READS)
    async def playlists() -> Answer:
        """The names of this person's playlists, and how long they are."""
        summaries = await library.ask(lambda musicrec: musicrec.playlists.all())
        return {"playlists": [asdict(summary) for summary in summaries]}

    @server.tool(annotations=READS)
    async def playlist(name: str) -> Answer:
        """The songs of a playlist, in order."""
        return await library.ask(lambda musicrec: playlist_json(musicrec.playlists.show(name)))

    @server.tool(annotations=READS)
    async def understand(text: str) -> Answer:
        """What a sentence asks a music player for, as musicrec itself understands it."""
        (understanding,) = await library.ask(
            lambda musicrec: list(musicrec.assistant.understand([text]))
        )
        return {
            "intent": understanding.intent,
            "slots": dict(understanding.slots),
            "chips": [chip_json(chip) for chip in understanding.chips],
        }
