"""In and out: JSON lines and tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_core.app.exchange import export, import_lines
from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.results import OnProgress

if TYPE_CHECKING:
    from musicrec_core.app.exchange.export import TrackExport
    from musicrec_core.app.exchange.import_lines import ImportReport


class ExchangePart(FacadePart):
    """Everything of the user's, out and back in."""

    __slots__ = ()

    def export_tracks(self, *, embeddings: bool = False) -> Iterator[TrackExport]:
        """Every present file with all that is known of it."""
        return export.export_tracks(self._context, embeddings)

    def export_everything(self) -> Iterator[dict[str, object]]:
        """Everything of the user's, as objects that `import_lines` takes back."""
        return export.export_everything(self._context)

    def export_rescued(self) -> tuple[Iterator[dict[str, object]], int]:
        """What of that can still be read in a damaged database, and how much feedback is lost."""
        return export.export_rescued(self._context)

    def import_lines(
        self, lines: Iterable[str], progress: OnProgress | None = None
    ) -> ImportReport:
        """Take back what `export_everything` wrote; what is there already is not doubled."""
        return import_lines.import_lines(self._context, lines, progress)

    def import_tables(
        self,
        tracks: Path | None,
        ratings: Path,
        progress: OnProgress | None = None,
        scale: float | None = None,
    ) -> ImportReport:
        """Take ratings from tables whose tracks are in the library.

        scale: what the ratings are out of; None to tell it from all of them.
        """
        from musicrec_core.app.exchange import import_tables  # numpy: no other command needs it

        return import_tables.import_tables(self._context, tracks, ratings, progress, scale)
