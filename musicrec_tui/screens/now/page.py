"""Now: the song that plays, its cover, what was heard of it, why it is there, its words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from musicrec_core.records import Track
from musicrec_core.text import one_line
from musicrec_tui import settings, themes
from musicrec_tui.cover_colour import accent
from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.pictures import PictureWay, opened, way
from musicrec_tui.playback import Playback
from musicrec_tui.screens.now.lyrics import LyricsPanel
from musicrec_tui.screens.page import Page, PageContext
from musicrec_tui.widgets.cover import Cover

if TYPE_CHECKING:
    from PIL.Image import Image

    from musicrec_core.app.facade import MusicRec
    from musicrec_core.app.results import Description, Explanation, LyricLine

SILENT = "Nothing is playing: space plays what is highlighted on a page of songs."
LOOK_EVERY_S = 0.25  # at the words, which may change in the middle of a second
REASONS = 4


class NowPage(Page):
    """Reads all it shows of a song when that begins to play, and goes along with it."""

    can_focus = True

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._playing: Playback | None = None
        self._track: Track | None = None
        self._picture: Image | None = None

    def compose(self) -> ComposeResult:
        """The cover beside the names, below them what is known; the words at the side."""
        yield Static(SILENT, id="now-silent", markup=False)
        with Horizontal(id="now-song"):
            yield Cover(id="now-cover")
            with Vertical(id="now-about"):
                yield Static(id="now-title", markup=False)
                yield Static(id="now-names", markup=False)
                yield Static(id="now-description", markup=False)
                yield Static(id="now-why", markup=False)
                yield Static(id="now-next", markup=False)
            yield LyricsPanel(id="now-words")

    def on_mount(self) -> None:
        """Go along with the song."""
        self._clock = self.set_interval(LOOK_EVERY_S, self._go_along)

    def on_show(self) -> None:
        """The page is looked at."""
        self._clock.resume()

    def on_hide(self) -> None:
        """Another page is on show: there is nothing to go along with."""
        self._clock.pause()

    def take_focus(self) -> None:
        """The page itself: it has no list."""
        self.focus()

    def queue_changed(self, playing: Playback) -> None:
        """What comes next is another song."""
        self._playing = playing
        self._show(playing.track or playing.waiting)
        self.query_one("#now-next", Static).update(self._next())

    def _next(self) -> str:
        playing = self._playing
        coming = playing.queue.up_next[:1] if playing else ()
        track = playing.tracks.get(coming[0].track_id) if playing and coming else None
        return f"next  {one_line(track.label)}" if track else ""

    def _go_along(self) -> None:
        playing = self._playing
        if playing is None or not self.display:
            return
        self._show(playing.track or playing.waiting)
        self.query_one(LyricsPanel).go_to(playing.position_s)

    def _show(self, track: Track | None) -> None:
        if track is self._track:
            return
        self._track = track
        self.query_one("#now-silent").display = track is None
        self.query_one("#now-song").display = track is not None
        if track is not None:
            year = f" ({track.year})" if track.year else ""
            names = (track.artist, f"{track.album}{year}" if track.album else year.strip())
            self.query_one("#now-title", Static).update(one_line(track.title))
            self.query_one("#now-names", Static).update(
                "  ·  ".join(one_line(name) for name in names if name)
            )
            self.query_one("#now-next", Static).update(self._next())
            self._read(track)

    async def _show_cover(self, picture: Image | None) -> None:
        """The cover, and its colour on the title, where colours are the theme's own to choose."""
        self._picture = picture
        await self.query_one(Cover).show(picture, self._way)
        self._paint_title()

    def _paint_title(self) -> None:
        title, theme = self.query_one("#now-title"), self.app.current_theme
        wanted = self._picture is not None and theme.name in themes.COLOURED
        own = (
            accent(self._picture, title.background_colors[1]) if wanted and self._picture else None
        )
        title.styles.color = own

    @property
    def _way(self) -> PictureWay:
        chosen = settings.text(self.context.session.home, "covers")
        own_terminal = not (self.app.is_headless or self.app.is_web)
        return way(os.environ if own_terminal else {}, chosen)

    def notify_style_update(self) -> None:
        """The theme changed, and with it what can be read on it."""
        super().notify_style_update()
        if self.is_mounted:
            self.call_later(self._paint_title)

    @work(exclusive=True, group="now")
    async def _read(self, track: Track) -> None:
        """Cover, words and what is known of the song; the song may be another by then."""
        with notify_errors(self):
            picture, lines = await self.context.reader.ask(lambda m: _looked_up(m, track))
            if self.gone or self._track is not track:
                return
            await self._show_cover(picture)
            self.query_one(LyricsPanel).show(lines)
            described, explained = await self.context.desk.ask(lambda m: _thought_of(m, track))
            if self.gone or self._track is not track:
                return
            self.query_one("#now-description", Static).update(described.text)
            reasons = [f"{r.text}" for r in explained.reasons[:REASONS]]
            score = f"score {explained.score:.2f}"
            why = "\n".join(f"  {one_line(reason)}" for reason in reasons)
            self.query_one("#now-why", Static).update(f"{score}\n{why}")


def _looked_up(musicrec: MusicRec, track: Track) -> tuple[Image | None, tuple[LyricLine, ...]]:
    picture = musicrec.library.cover(track)
    return opened(picture) if picture else None, musicrec.library.lyrics(track)


def _thought_of(musicrec: MusicRec, track: Track) -> tuple[Description, Explanation]:
    query = str(track.id)
    return musicrec.library.describe(query), musicrec.lists.explain(query)
