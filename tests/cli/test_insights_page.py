"""--html FILE: one page that asks nothing of anyone."""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.insights.year import PlayCount
from musicrec_tui.cli.insights.insights_page import html_page, play_bars
from tests.cli.test_insights import give_opinions
from tests.conftest import Command

VOID = frozenset(("meta",))
HOSTILE = "<script>alert('&\x1b[31m\u202e')</script>"


class Reader(HTMLParser):
    """Tags with their attributes, and the text; every tag must be closed where it belongs."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(path: Path) -> Reader:
    page = Reader(path.read_text(encoding="utf-8"))
    for tag, attributes in page.tags:
        assert tag not in ("script", "link", "img", "iframe", "a")
        assert not {"src", "href"} & set(attributes)
    assert "url(" not in page.text
    assert "@import" not in page.text
    return page


def test_all_insights_are_one_page(musicrec: Command, tmp_path: Path) -> None:
    give_opinions(musicrec)
    file = tmp_path / "page.html"
    musicrec("insights", "--html", file)
    page = read(file)
    with MusicRec(home=musicrec.home) as inside:
        insights, songs = inside.insights(), inside.song_map()
    assert sum(tag == "circle" for tag, _ in page.tags) == len(songs.at) > 0
    assert insights.drift.sentence in page.text
    assert insights.model.version in page.text
    assert "5 likes, 5 dislikes" in page.text
    for group in insights.clusters:
        assert group.name in page.text


def test_a_year_is_one_page_and_an_empty_home_too(fresh: Command, tmp_path: Path) -> None:
    fresh("year", "2020", "--html", tmp_path / "year.html")
    assert "Nothing was played" in read(tmp_path / "year.html").text
    fresh("insights", "--html", tmp_path / "page.html")
    assert "Nothing was said yet" in read(tmp_path / "page.html").text


def test_markup_in_tags_is_text(tmp_path: Path) -> None:
    bars = play_bars([PlayCount(HOSTILE, 3, 0.1)])
    (tmp_path / "page.html").write_bytes(html_page(HOSTILE, [(HOSTILE, (bars,))]))
    page = read(tmp_path / "page.html")
    assert page.text.count("<script>alert('&") == 4  # titles twice, heading, bar
    assert "\x1b" not in page.text
    assert "\u202e" not in page.text


@pytest.mark.parametrize("command", ["insights", "year"])
def test_what_cannot_be_written_is_one_line(fresh: Command, tmp_path: Path, command: str) -> None:
    assert "no folder" in fresh.fails(command, "--html", tmp_path / "none" / "page.html")
    assert fresh.fails(command, "--html", tmp_path, status=2).count("\n") == 1
    assert "--json" in fresh.fails(command, "--json", "--html", tmp_path / "a.html", status=2)
    assert not any(name.endswith(".html") for name in os.listdir(tmp_path))
