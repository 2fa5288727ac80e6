"""Lines in the corner, and the fence round what may fail for a reason that the user can mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from textual.notifications import SeverityLevel
from textual.widget import Widget

from musicrec_core.errors import MusicRecError
from musicrec_core.text import one_line

SHOWN_S = 4.0
TROUBLE_SHOWN_S = 8.0


def tell(widget: Widget, text: str, severity: SeverityLevel = "information") -> None:
    """Show one line for a while; names from tags in it are no markup."""
    shown_s = SHOWN_S if severity == "information" else TROUBLE_SHOWN_S
    widget.notify(one_line(text), severity=severity, timeout=shown_s, markup=False)


@contextmanager
def notify_errors(widget: Widget) -> Iterator[None]:
    """Turn a MusicRecError into such a line."""
    try:
        yield
    except MusicRecError as error:
        tell(widget, str(error), "error")
