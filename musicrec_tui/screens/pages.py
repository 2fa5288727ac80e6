"""Which pages there are. A page is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from musicrec_tui.screens.page import Page


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page by its name, the key that opens it, and `module:class` that makes it.

    about: one sentence for the help and the command palette.
    """

    id: str
    name: str
    key: str
    made_by: str
    about: str

    def load(self) -> type[Page]:
        """The class of the page."""
        module, _, name = self.made_by.partition(":")
        page: type[Page] = getattr(import_module(f"musicrec_tui.screens.{module}"), name)
        return page


PAGES = (
    PageSpec("for-you", "For You", "1", "for_you.page:ForYou", "what to hear next, and why"),
    PageSpec("library", "Library", "2", "library.page:Library", "every song, searched and sorted"),
    PageSpec("queue", "Queue", "3", "queue.page:QueuePage", "what plays and what comes next"),
    PageSpec("now", "Now", "4", "now.page:NowPage", "the song that plays: cover, words, why"),
    PageSpec("ask", "Ask", "5", "ask.page:Ask", "say in words what to hear or to do"),
    PageSpec(
        "playlists", "Playlists", "6", "playlists.page:PlaylistsPage",
        "your playlists and saved lists, changed by hand",
    ),
    PageSpec("home", "Home", "7", "home.page:HomePage", "shelves to begin with, by kind"),
    PageSpec(
        "insights", "Insights", "8", "insights.page:InsightsPage",
        "what you like, what you played, a year at a time",
    ),
    PageSpec("models", "Models", "9", "models.page:ModelsPage", "versions of what scores, by date"),
    PageSpec(
        "explore", "Explore", "0", "explore.page:ExplorePage",
        "the map of your music, walked from song to song; journeys across it",
    ),
    PageSpec(
        "scan", "Scan", "S", "scan.page:ScanPage",
        "your folders, how much of them is read and heard, what could not be read",
    ),
    PageSpec(
        "settings", "Settings", "comma", "settings.page:SettingsPage",
        "what is kept out, how lists lean, Last.fm, player, colours, every key",
    ),
)  # fmt: skip
"""In the order of the bar; the first one is shown at the start."""


def page_spec(page_id: str) -> PageSpec:
    """The one with an id; KeyError where there is none."""
    return {spec.id: spec for spec in PAGES}[page_id]
