"""`musicrec mcp`, driven by the client of the protocol's own SDK as a process over stdio."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from tests.conftest import Command

READING = {
    "status", "search", "recommend", "explain", "describe", "insights", "opinions", "playlists",
    "playlist", "understand",
}  # fmt: skip


@asynccontextmanager
async def serving(home: Path, *options: str) -> AsyncIterator[Client]:
    """A client of a server of its own."""
    server = StdioServerParameters(
        command=sys.executable,
        args=["-m", "musicrec_tui", "mcp", *options],
        env={**os.environ, "MUSICREC_HOME": str(home)},
    )
    async with Client(stdio_client(server)) as client:
        yield client


@pytest.fixture
def home(scanned: Path, tmp_path: Path) -> Path:
    shutil.copytree(scanned / "home", tmp_path / "home")
    return tmp_path / "home"


async def _answer(client: Client, tool: str, **arguments: object) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content
    return result.structured_content


async def test_reading_tools_answer_and_nothing_else_is_there(home: Path) -> None:
    async with serving(home) as client:
        tools = (await client.list_tools()).tools
        assert {tool.name for tool in tools} == READING
        assert all(tool.annotations and tool.annotations.read_only_hint for tool in tools)
        assert (await _answer(client, "status"))["tracks"] == 10
        matches = await _answer(client, "search", text="rain")
        assert {track["title"] for track in matches["tracks"]} == {"Rain"}
        picks = await _answer(client, "recommend", count=3, text="ambient, not Lake")
        assert picks["tracks"]
        assert "Lake" not in {track["title"] for track in picks["tracks"]}
        assert picks["chips"][0]["value"] == "ambient"
        assert (await _answer(client, "explain", query="River"))["reasons"]
        assert "Ada Reed" in (await _answer(client, "describe", query="River"))["description"]
        assert (await _answer(client, "insights"))["songs"] == 10
        assert (await _answer(client, "understand", text="pause please"))["intent"] == "pause"
        unknown = await client.call_tool("like", {"query": "River"})
        assert unknown.is_error
    assert Command(home).json("status")["feedback"]["like"] == 0


async def test_changes_are_made_with_leave_and_can_be_undone(home: Path) -> None:
    async with serving(home, "--allow-changes") as client:
        await _answer(client, "like", query="River")
        await _answer(client, "dislike", query="Anvil")
        answer = await _answer(client, "opinions")
        assert [track["title"] for track in answer["liked"]] == ["River"]
        assert [track["title"] for track in answer["disliked"]] == ["Anvil"]
        assert (await _answer(client, "undo_opinion"))["track"]["title"] == "Anvil"
        added = await _answer(client, "add_to_playlist", name="Quiet", queries=["River", "Lake"])
        assert added["songs"] == 2
        await _answer(client, "remove_from_playlist", name="quiet", positions=[1])
        await _answer(client, "undo_playlist")
        shown = await _answer(client, "playlist", name="Quiet")
        assert [track["title"] for track in shown["tracks"]] == ["River", "Lake"]
        await _answer(client, "ban", kind="artist", value="Brute Force")
        await _answer(client, "unban", kind="artist", value="Brute Force")
    assert Command(home).json("status")["feedback"] == {
        "like": 1, "dislike": 0, "rating": 0, "skip": 0, "play": 0
    }  # fmt: skip


async def test_what_goes_wrong_is_told_in_the_line_that_people_read(home: Path) -> None:
    async with serving(home, "--allow-changes") as client:
        for tool, arguments, message in (
            ("explain", {"query": "Zorbo"}, "no track is 'Zorbo'"),
            ("rate", {"query": "River", "stars": 9}, "1 to 5"),
            ("recommend", {"where": "bogus:1"}, "bogus"),
            ("playlist", {"name": "none"}, "none"),
        ):
            result = await client.call_tool(tool, arguments)
            assert result.is_error
            assert message in result.content[0].text
            assert "Traceback" not in result.content[0].text


def test_it_is_not_started_by_hand(musicrec: Command) -> None:
    assert "leave --json out" in musicrec.fails("mcp", "--json", status=2)
