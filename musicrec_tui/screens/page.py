"""What all pages have in common: a list of songs, and the keys that act on the highlighted one."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.message import Message

from musicrec_core.records import FeedbackKind, Track
from musicrec_tui.widgets.virtual_table import VirtualTable


class Page(Container):
    """A page of the main screen."""

    class Opinion(Message):
        """The highlighted song is liked or disliked."""

        def __init__(self, track: Track, kind: FeedbackKind) -> None:
            super().__init__()
            self.track = track
            self.kind = kind

    class Play(Message):
        """The highlighted song shall play, and then those below it."""

        def __init__(self, track: Track, following: Sequence[Track]) -> None:
            super().__init__()
            self.track = track
            self.following = following

    class Explain(Message):
        """Why the highlighted song has its score."""

        def __init__(self, track: Track) -> None:
            super().__init__()
            self.track = track

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "say('like')", "Like"),
        Binding("d", "say('dislike')", "Dislike"),
        Binding("e", "explain", "Why"),
        Binding("p", "play", "Play this song", show=False),
    ]

    @property
    @abstractmethod
    def table(self) -> VirtualTable:
        """The list."""

    @property
    @abstractmethod
    def current(self) -> Track | None:
        """The highlighted song."""

    @abstractmethod
    def following(self) -> list[Track]:
        """The songs below the cursor."""

    @property
    def gone(self) -> bool:
        """Whether the screen was closed, which may be while a worker waits for an answer."""
        return not self.query(VirtualTable)

    def action_say(self, kind: FeedbackKind) -> None:
        """Like or dislike the highlighted song."""
        track = self.current
        if track is not None:
            self.table.touched = True
            self.post_message(self.Opinion(track, kind))

    def action_play(self) -> None:
        """Play the highlighted song."""
        track = self.current
        if track is not None:
            self.table.touched = True
            self.post_message(self.Play(track, self.following()))

    def action_explain(self) -> None:
        """Explain the highlighted song."""
        track = self.current
        if track is not None:
            self.post_message(self.Explain(track))

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter explains."""
        event.stop()
        self.action_explain()
