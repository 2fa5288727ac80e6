"""The keys of whatever has the focus, at the foot of the screen."""

from __future__ import annotations

from textual.widgets import Footer


class KeyLine(Footer):
    """Textual's own, which keeps every key it ever showed until `compact` is set anew."""

    async def recompose(self) -> None:
        """Show the keys that do something now, and forget those from before."""
        await super().recompose()
        self.mutate_reactive(Footer.compact)
