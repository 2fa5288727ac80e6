"""The line for words, how much was found, and the filters in force as chips."""

from __future__ import annotations

import re
from collections.abc import Sequence

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from musicrec_tui.notify_errors import notify_errors
from musicrec_tui.screens.library.search_box import SearchBox
from musicrec_tui.screens.page import PageContext
from musicrec_tui.widgets.chip_bar import ChipBar, ShownChip

TAKES_RULE = "enter filters by it"
_RULE = re.compile(r"(?:^|\s)-?[a-z]+:\S")
SEARCHES = "/ searches title, artist, album, genre, year; or genre:jazz year:1960..1975"


class SearchLine(Vertical):
    """Announces what the songs are to be narrowed to, as it is typed or chosen."""

    class Changed(Message):
        """Only songs with these words, and of them those that fit these rules."""

        def __init__(self, text: str, rules: tuple[str, ...]) -> None:
            super().__init__()
            self.text = text
            self.rules = rules

    class Left(Message):
        """The keys go to the songs."""

    def __init__(self, context: PageContext, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.context = context
        self.rules: tuple[str, ...] = ()
        """The filters in force."""

    def compose(self) -> ComposeResult:
        """Words and number in a line, filters below."""
        with Horizontal(id="search-line"):
            yield SearchBox(placeholder=SEARCHES, compact=True)
            yield Static(id="found", markup=False)
        yield ChipBar(id="filters")

    @property
    def box(self) -> SearchBox:
        """Where words are typed."""
        return self.query_one(SearchBox)

    def say(self, found: str) -> None:
        """How much was found; of a rule that is being typed, what takes it as one."""
        self.query_one("#found", Static).update(
            TAKES_RULE if _RULE.search(self.box.value) else found
        )

    def clear(self, *, rules: bool = False) -> None:
        """Take the words away, and the filters too if so told, without a word about it."""
        with self.prevent(Input.Changed):
            self.box.value = ""
        if rules:
            self._show_rules(())

    def back(self) -> bool:
        """Take a search back, then the filters; whether there was anything."""
        if self.box.value or self.box.has_focus:
            self.box.value = ""
        elif self.rules:
            self.narrow()
        else:
            return False
        self.post_message(self.Left())
        return True

    def narrow(self, *rules: str) -> None:
        """Show what fits these rules, and the rules as chips."""
        self._show_rules(tuple(dict.fromkeys(rules)))
        self._announce()

    def drop_last(self) -> None:
        """Take the last filter away."""
        self.query_one(ChipBar).drop_last()

    def to_chips(self) -> None:
        """Go to the filters."""
        if self.rules:
            self.query_one(ChipBar).focus()

    @work(group="filters")
    async def ask(self) -> None:
        """Ask what to narrow the list to."""
        from musicrec_tui.screens.library.filter_picker import FilterPicker

        with notify_errors(self):
            rule = await self.app.push_screen_wait(FilterPicker(self.context))
            if rule:
                typed = await self.context.reader.ask(lambda m: m.library.read_query(rule))
                await self._add(typed.rules)

    @work(group="filters")
    async def _read(self, text: str) -> None:
        """Take what was typed: rules become chips, words stay; what is no rule is said."""
        with notify_errors(self):
            typed = await self.context.reader.ask(lambda m: m.library.read_query(text))
            self.post_message(self.Left())
            if typed.rules and await self._add(typed.rules):
                self.box.value = typed.words

    async def _add(self, rules: Sequence[str]) -> bool:
        """Narrow by these rules too; raises RuleError, and changes nothing, where one is none."""
        where = " ".join(rules)
        await self.context.desk.ask(lambda m: m.library.listing(where=where))
        if self.is_attached:
            self.narrow(*self.rules, *rules)
        return self.is_attached

    def _show_rules(self, rules: tuple[str, ...]) -> None:
        self.rules = rules
        self.query_one(ChipBar).show([ShownChip(rule) for rule in rules])

    def _announce(self) -> None:
        self.post_message(self.Changed(self.box.value, self.rules))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._announce()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self._read(event.value)

    @on(ChipBar.Dropped)
    def _dropped(self, event: ChipBar.Dropped) -> None:
        event.stop()
        self.narrow(*(rule for rule in self.rules if rule != event.chip.words))
        if not self.rules:
            self.post_message(self.Left())
