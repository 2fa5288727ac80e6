"""MusicRec: everything the front ends ask for."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.facade.assistant import AssistantPart
from musicrec_core.app.facade.exchange import ExchangePart
from musicrec_core.app.facade.feedback import FeedbackPart
from musicrec_core.app.facade.library import LibraryPart
from musicrec_core.app.facade.lists import ListsPart
from musicrec_core.app.facade.models import ModelsPart
from musicrec_core.app.facade.services import ServicesPart
from musicrec_core.app.health import doctor, status
from musicrec_core.app.results import Check, Status

if TYPE_CHECKING:
    from musicrec_core.app.insights.page import Insights


class MusicRec(AbstractContextManager["MusicRec"]):
    """One person's musicrec, for one thread; another thread makes its own.

    Every method raises a MusicRecError with one clear line for what the user can mend.
    """

    def __init__(self, profile: str = "default", home: Path | None = None) -> None:
        self._context = Context(profile, home)
        self.library = LibraryPart(self._context)
        self.lists = ListsPart(self._context)
        self.feedback = FeedbackPart(self._context)
        self.models = ModelsPart(self._context)
        self.services = ServicesPart(self._context)
        self.exchange = ExchangePart(self._context)
        self.assistant = AssistantPart(self._context)

    def status(self) -> Status:
        """Coverage and health."""
        return status.status(self._context)

    def revision(self) -> tuple[object, ...]:
        """Changes whenever something was said, scanned or learned, in whatever program."""
        return status.revision(self._context)

    def doctor(self) -> tuple[Check, ...]:
        """Look at everything that musicrec leans on."""
        return doctor.doctor(self._context)

    def insights(self) -> Insights:
        """What the library and the lists are like, and whether the model still fits them."""
        from musicrec_core.app.insights import page  # numpy: most commands do without

        return page.insights(self._context)

    def close(self) -> None:
        """Close the database."""
        self._context.close()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
