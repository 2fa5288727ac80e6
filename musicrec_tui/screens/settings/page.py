"""Settings: every line says what it is now and what it does; enter changes it, u takes it back."""

from __future__ import annotations

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Static

from musicrec_core.service_records import service_called
from musicrec_core.text import one_line
from musicrec_tui.notify_errors import notify_errors, tell
from musicrec_tui.screens.dialogs.press_key import PressKeyScreen
from musicrec_tui.screens.key_list import named
from musicrec_tui.screens.page import Page, PageContext
from musicrec_tui.screens.settings import services
from musicrec_tui.screens.settings.changes import CHANGES, CHANGES_LISTS
from musicrec_tui.screens.settings.key_settings import taken_by
from musicrec_tui.screens.settings.setting import Setting
from musicrec_tui.screens.settings.state import SettingsState, all_settings
from musicrec_tui.widgets.columns import Cell, CellRow, Column
from musicrec_tui.widgets.virtual_table import VirtualTable

COLUMNS = (
    Column("group", "", width=9),
    Column("name", "Setting", weight=3),
    Column("shown", "Now", weight=3),
    Column("about", "What it does", weight=4, from_width=90),
)


class FindBox(Input):
    """Down and enter go to the settings that were found; escape shows all again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,down", "app.focus_next", "To the settings"),
        Binding("escape", "screen.back", "Every setting"),
    ]


class SettingsPage(Page):
    """One list: what is kept out, how lists lean, Last.fm, player, colours, keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "v", "change", "Change", id="settings.change",
            tooltip="change the highlighted setting, as enter does",
        ),
        Binding(
            "left_square_bracket", "step(-1)", "Less", id="settings.less",
            tooltip="the choice before, or less",
        ),
        Binding(
            "right_square_bracket", "step(1)", "More", id="settings.more",
            tooltip="the next choice, or more",
        ),
        Binding(
            "delete,backspace", "reset", "Default", id="settings.reset",
            tooltip="back to what it is at first",
        ),
        Binding(
            "u", "undo_change", "Undo", id="settings.undo",
            tooltip="take back the last change made on this page",
        ),
        Binding(
            "slash", "find", "Find", id="settings.find",
            tooltip="find a setting or a key by its words",
        ),
    ]  # fmt: skip

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(context, id=id)
        self._all: list[Setting] = []
        self._found: list[Setting] = []
        self._kept_out: dict[str, int] = {}
        self._changed: list[Setting] = []
        """Settings as they were before each change, the newest last."""

    def compose(self) -> ComposeResult:
        """A line to search, the settings, and the whole of the highlighted one."""
        with Horizontal(id="settings-find"):
            yield FindBox(placeholder="/ finds a setting or a key", compact=True)
        yield VirtualTable(COLUMNS, id="settings-list")
        yield Static(id="settings-line", markup=False)

    @property
    def table(self) -> VirtualTable:
        """The settings."""
        return self.query_one("#settings-list", VirtualTable)

    @property
    def current(self) -> Setting | None:
        """The highlighted one."""
        at = self.table.cursor
        return self._found[at] if at < len(self._found) else None

    def take_focus(self) -> None:
        """The list has the keys."""
        self.table.focus()
        self.reload()

    def songs_changed(self) -> None:
        """Other songs are kept out."""
        self.reload()

    def back(self) -> bool:
        """From a search to every setting."""
        box = self.query_one(FindBox)
        if not (box.value or box.has_focus):
            return False
        box.value = ""
        self.table.focus()
        return True

    @work(exclusive=True, group="settings")
    async def reload(self) -> None:
        """Read how it is; what takes longer to count follows."""
        with notify_errors(self):
            state = await self.context.reader.ask(SettingsState.read)
            self._show(state)
            if state.files:
                self._kept_out = await self.context.desk.ask(lambda m: m.lists.kept_out())
                self._show(state)

    def _show(self, state: SettingsState) -> None:
        if not self.gone:
            home = self.context.session.home
            settings = all_settings(state, self._kept_out, home, self.app.theme)
            if settings != self._all:
                self._all = settings
                self._list()

    @on(Input.Changed)
    def _list(self) -> None:
        """Show those that hold every word of the search."""
        words = self.query_one(FindBox).value.casefold().split()
        before = self.current
        self._found = [s for s in self._all if all(word in s.words for word in words)]
        places = {(s.kind, s.key): i for i, s in enumerate(self._found)}
        at = places.get((before.kind, before.key), 0) if before else 0
        rows = [self._row(i, setting) for i, setting in enumerate(self._found)]
        self.table.say_when_empty("No setting has these words. Esc shows all.")
        self.table.show(rows, at)

    def _row(self, place: int, setting: Setting) -> CellRow:
        """The group is named where it begins; what is not as at first carries a dot."""
        begins = place == 0 or self._found[place - 1].group != setting.group
        changed = setting.default not in ("", setting.value)
        cells = (
            Cell(setting.group if begins else "", "quiet"),
            Cell(setting.name, "title"),
            Cell(f"{setting.shown} •" if changed else setting.shown, "score"),
            Cell(setting.about, "quiet"),
        )
        return CellRow(place, cells)

    def on_virtual_table_highlighted(self, event: VirtualTable.Highlighted) -> None:
        """Tell all of the setting under the cursor."""
        event.stop()
        setting = self.current
        line = ""
        if setting:
            default = f" At first: {setting.word(setting.default)}." if setting.choices else ""
            about = f"{setting.name}: {setting.about}" if setting.about else setting.name
            line = f"{about}.{default}"
        self.query_one("#settings-line", Static).update(one_line(line))

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter changes it."""
        event.stop()
        self.action_change()

    def action_find(self) -> None:
        """Go to the line to search."""
        self.query_one(FindBox).focus()

    @work(exclusive=True, group="dialog")
    async def action_change(self) -> None:
        """The next choice, or a question."""
        setting = self.current
        if setting is None:
            return
        if setting.kind == "folders":
            await self.run_action("screen.view('scan')")
        elif setting.kind == "service":
            spec = service_called(setting.key)
            await services.switch(self, spec, on=setting.value == "on")
            self.reload()
        elif setting.kind == "key":
            await self._ask_for_key(setting)
        else:
            value = setting.choice(1, around=True)
            await self._set(setting, value or setting.value)

    @work(exclusive=True, group="change")
    async def action_step(self, steps: int) -> None:
        """The choice that many places on."""
        setting = self.current
        value = setting.choice(steps, around=False) if setting else None
        if setting and value is not None:
            await self._set(setting, value)

    @work(exclusive=True, group="change")
    async def action_reset(self) -> None:
        """As it is at first."""
        setting = self.current
        if setting is None or setting.default in ("", setting.value):
            tell(self, "It is as it is at first")
        else:
            await self._set(setting, setting.default)

    @work(exclusive=True, group="change")
    async def action_undo_change(self) -> None:
        """As it was before the last change."""
        if not self._changed:
            tell(self, "No setting was changed on this page")
            return
        before = self._changed.pop()
        await self._set(before, before.value, undo=True)

    async def _set(self, setting: Setting, value: str, *, undo: bool = False) -> None:
        """Write it down, and say so in one line."""
        with notify_errors(self):
            kept = "" if setting.kind == "key" and value == setting.default else value
            await CHANGES[setting.kind](self, setting.key, kept)
            if not undo:
                self._changed.append(setting)
            way = "as before" if undo else "u takes it back"
            tell(self, f"{setting.name}: {setting.word(value)}; {way}")
            if setting.kind in CHANGES_LISTS:
                self.post_message(self.LibraryChanged())
            self.reload()

    async def _ask_for_key(self, setting: Setting) -> None:
        key = await self.app.push_screen_wait(PressKeyScreen(f"Press a key for {setting.name}"))
        if key is None:
            return
        other = taken_by(self._all, setting, key)
        if other:
            whose = f"{other.name} ({other.group})"
            tell(self, f"{named(key)} is taken by {whose}: change that one first", "warning")
        else:
            await self._set(setting, key)
