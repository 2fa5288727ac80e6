"""Playlists: the lists beside the songs of the highlighted one; each change can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from musicrec_core.app.facade import MusicRec
from musicrec_core.records import Track
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.dialogs.confirm import ConfirmScreen
from musicrec_tui.screens.dialogs.enter_text import EnterTextScreen
from musicrec_tui.screens.page import PageContext
from musicrec_tui.screens.playlists import rows
from musicrec_tui.screens.playlists.export import export
from musicrec_tui.screens.playlists.rows import ShelvedList, ShelvedSong
from musicrec_tui.screens.song_page import SongPage
from musicrec_tui.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from musicrec_core.app.results import PlaylistChange

NO_LISTS = "No list yet. N makes one; P on any song adds it to one."
NO_ITEMS = "No song yet. P on any song adds it to a list."


class PlaylistsPage(SongPage):
    """The lists have the keys until enter goes to the songs; escape goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("N", "create", "New list", id="playlists.new", tooltip="make a new playlist"),
        Binding(
            "f2,m", "rename", "Rename", show=False, id="playlists.rename",
            tooltip="give the list another name",
        ),
        Binding(
            "delete,backspace", "remove", "Remove", show=False, id="playlists.remove",
            tooltip="take the highlighted song out; on a list, delete it",
        ),
        Binding(
            "J,shift+down", "move(1)", "Move down", show=False, id="playlists.down",
            tooltip="move the highlighted song down",
        ),
        Binding(
            "K,shift+up", "move(-1)", "Move up", show=False, id="playlists.up",
            tooltip="move the highlighted song up",
        ),
        Binding(
            "C", "clear", "Clear", show=False, id="playlists.clear",
            tooltip="take every song out of the list",
        ),
        Binding(
            "ctrl+z", "turn_back('undo')", "Undo a list", show=False, id="playlists.undo",
            tooltip="take the last change of a playlist back",
        ),
        Binding(
            "ctrl+y", "turn_back('redo')", "Redo a list", show=False, id="playlists.redo",
            tooltip="do again what was taken back",
        ),
        Binding(
            "w", "export", "Export", show=False, id="playlists.export",
            tooltip="write the list to an M3U file",
        ),
        Binding(
            "f5,ctrl+r", "renew", "Choose anew", show=False, id="playlists.renew",
            tooltip="other songs for a saved list; its file is rewritten",
        ),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._lists: list[ShelvedList] = []
        self._items: Sequence[ShelvedSong] = ()
        self._shown: ShelvedList | None = None
        """The list that the songs beside are of."""

    def compose(self) -> ComposeResult:
        """The lists, then a line about one of them and its songs."""
        with Horizontal():
            yield VirtualTable(rows.SHELF_COLUMNS, id="lists")
            with Vertical(id="list-side"):
                yield Static(id="list-line", markup=False)
                yield VirtualTable(rows.ITEM_COLUMNS, id="list-songs")

    def on_mount(self) -> None:
        """What to say while there is nothing."""
        self.shelf.say_when_empty(NO_LISTS)
        self.reload()

    @property
    def table(self) -> VirtualTable:
        """The songs of the highlighted list."""
        return self.query_one("#list-songs", VirtualTable)

    @property
    def shelf(self) -> VirtualTable:
        """The lists."""
        return self.query_one("#lists", VirtualTable)

    @property
    def chosen(self) -> ShelvedList | None:
        """The highlighted list."""
        at = self.shelf.cursor
        return self._lists[at] if at < len(self._lists) else None

    @property
    def current(self) -> Track | None:
        """The highlighted song; none while the lists have the keys."""
        item = self._item
        return item.track if item and not self.shelf.has_focus else None

    @property
    def _item(self) -> ShelvedSong | None:
        at = self.table.cursor
        return self._items[at] if at < len(self._items) else None

    def following(self) -> list[Track]:
        """The songs below the cursor that can be played."""
        below = self._items[self.table.cursor + 1 :]
        return [item.track for item in below if item.absent is None]

    def take_focus(self) -> None:
        """The lists have the keys; what other pages added is shown."""
        self.shelf.focus()
        self.reload()

    def back(self) -> bool:
        """From the songs to the lists."""
        if self.shelf.has_focus:
            return False
        self.shelf.focus()
        return True

    def playlists_changed(self) -> None:
        """Show it."""
        self.reload()

    def songs_changed(self) -> None:
        """Songs of a list may have come or gone."""
        self.reload()

    # --- what is listed ---

    @work(exclusive=True, group="lists")
    async def reload(self, name: str = "", cursor: int | None = None) -> None:
        """Read the lists anew; the cursors stay, or go to a list by name and to a place."""
        with notify_errors(self):
            lists = await self.context.reader.ask(rows.shelved)
            if self.gone:
                return
            wanted = name or (self.chosen.name if self.chosen else "")
            kept = self.shelf.cursor
            at = next((i for i, one in enumerate(lists) if one.name == wanted), kept)
            self._lists = lists
            self.shelf.show([rows.shelf_row(i, one) for i, one in enumerate(lists)], at)
            self._open(cursor)

    @work(exclusive=True, group="list")
    async def _open(self, cursor: int | None = None, *, again: bool = False) -> None:
        """The songs of the highlighted list; a saved one may take a moment to choose."""
        one = self.chosen
        if one is None:
            self._fill(None, (), 0)
            return
        if one != self._shown:
            self.table.say_when_empty("choosing its songs …" if one.saved else "")
        with notify_errors(self):
            thread = self.context.desk if one.saved else self.context.reader
            items = await thread.ask(lambda m: rows.opened(m, one, again=again))
            if self.gone or one != self.chosen:
                return
            same = self._shown is not None and self._shown.name == one.name
            at = self.table.cursor if cursor is None and same else cursor or 0
            self._fill(one, items, at)

    def _fill(self, one: ShelvedList | None, items: Sequence[ShelvedSong], cursor: int) -> None:
        self._shown, self._items = one, items
        self.table.show(list(map(rows.item_row, items)), max(0, min(cursor, len(items) - 1)))
        self.table.say_when_empty(NO_ITEMS if one else "")
        self.query_one("#list-line", Static).update(rows.about(one, items) if one else "")

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Show the songs of the list under the cursor."""
        event.stop()
        one = self.chosen
        if event.table is self.shelf and one and (not self._shown or one.name != self._shown.name):
            self._open()

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter on a list goes to its songs; on a song it explains."""
        event.prevent_default()
        event.stop()
        if event.table is self.shelf:
            self.table.focus()
        else:
            self.choose()

    # --- keys ---

    def action_play(self) -> None:
        """Play the highlighted song, or the whole list."""
        if not self.shelf.has_focus:
            item = self._item
            if item and item.absent:
                tell(self, f"{item.track.title} cannot be played: {item.absent}", "warning")
            else:
                super().action_play()
            return
        tracks = [item.track for item in self._items if item.absent is None]
        if tracks:
            self.post_message(self.Play(tracks[0], tracks[1:]))

    @work(exclusive=True, group="dialog")
    async def action_create(self) -> None:
        """Ask for a name and make it."""
        name = await self.app.push_screen_wait(EnterTextScreen("A new playlist", done="makes it"))
        if name:
            self._change(lambda m: m.playlists.create(name))

    @work(exclusive=True, group="dialog")
    async def action_rename(self) -> None:
        """Ask for another name."""
        one = self._own()
        if one:
            asked = EnterTextScreen(f"Rename {one.name}", one.name, done="renames it")
            name = await self.app.push_screen_wait(asked)
            if name and name != one.name:
                self._change(lambda m: m.playlists.rename(one.name, name))

    def action_remove(self) -> None:
        """Take the highlighted song out; on the lists, delete the highlighted one."""
        one = self.chosen
        if self.shelf.has_focus and one and one.saved:
            self._forget(one)
        elif self.shelf.has_focus and one:
            self._change(lambda m: m.playlists.delete(one.name))
        elif (one := self._own()) and (item := self._item):
            position = item.position
            self._change(lambda m: m.playlists.remove(one.name, [position]))

    @work(exclusive=True, group="dialog")
    async def _forget(self, one: ShelvedList) -> None:
        """A saved list cannot be brought back, so ask first."""
        question = f"Forget the saved list {one.name}? Its file stays."
        if await self.app.push_screen_wait(ConfirmScreen(question)):
            with notify_errors(self):
                await self.context.desk.ask(lambda m: m.saved_lists.delete(one.name))
                self.reload()

    def action_move(self, places: int) -> None:
        """Move the highlighted song; the cursor goes with it."""
        if self.shelf.has_focus:
            return
        one, item = self._own(), self._item
        to = item.position + places if item else 0
        if one and item and 1 <= to <= len(self._items):
            position = item.position
            self._change(lambda m: m.playlists.move(one.name, [position], to), to - 1)

    def action_clear(self) -> None:
        """Take every song out."""
        one = self._own()
        if one and self._items:
            self._change(lambda m: m.playlists.clear(one.name))

    def action_turn_back(self, way: str) -> None:
        """Take back the last change of any playlist, or do it again."""
        self._change(lambda m: m.playlists.undo() if way == "undo" else m.playlists.redo())

    def action_renew(self) -> None:
        """Other songs for a saved list."""
        one = self.chosen
        if one and one.saved:
            self._open(0, again=True)
        elif one:
            tell(self, "A playlist stays as it is; saved lists are chosen anew")

    @work(exclusive=True, group="dialog")
    async def action_export(self) -> None:
        """Ask for a file and write it."""
        one, tracks = self._shown, [i.track for i in self._items if i.absent is None]
        if one is None or not tracks:
            tell(self, "There is no song to export", "warning")
        else:
            await export(self, one.name, tracks)

    def _own(self) -> ShelvedList | None:
        """The list on show, if it is one that is changed by hand."""
        one = self.chosen
        if one and one.saved:
            tell(self, f"{one.name} is a saved list, chosen by its request; f5 chooses anew")
        return None if one is None or one.saved else one

    @work(group="change")
    async def _change(
        self, change: Callable[[MusicRec], PlaylistChange | None], cursor: int | None = None
    ) -> None:
        """Do it, tell of it and show it."""
        with notify_errors(self):
            done = await self.context.desk.ask(change)
            if self.gone:
                return
            if done is None:
                tell(self, "There is nothing to take back")
                return
            if done.kind != "move" or done.undone:
                way_back = "" if done.undone else "; ctrl+z takes it back"
                tell(self, f"{done.description[:1].upper()}{done.description[1:]}{way_back}")
            self.reload(done.playlist, cursor)
