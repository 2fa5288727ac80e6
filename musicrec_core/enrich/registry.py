"""What every music service can be asked, and how one is reached: by its row in SERVICES."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from musicrec_core.enrich.account import Account
    from musicrec_core.enrich.pacing import Pace
    from musicrec_core.service_records import Answer, ListenPage, ServiceSpec, Subject, Topic


class MusicService(Protocol):
    """Every call raises a Problem when it cannot be answered, and Stopped."""

    @property
    def requests(self) -> int:
        """How many were made, failed and repeated ones too."""

    def check(self, user: str | None) -> None:
        """Ask one small thing, to see whether server, key and user are right."""

    def ask(
        self, subject: Subject, topic: Topic, artist: str, name: str = "", *, exact: bool = False
    ) -> Answer:
        """Tags, similar ones, or popularity. Unless `exact`, the service may correct the names.

        Only asked of a service whose row says that it `answers`; NotOffered for what it lacks.
        """

    def loved(self, user: str, page: int) -> ListenPage:
        """A page of the songs that a user loves, the newest on page 1."""

    def played(self, user: str, since_s: int, until_s: int) -> ListenPage:
        """The newest songs that a user played from one time to before another."""

    def close(self) -> None:
        """Hang up."""


def connect(
    spec: ServiceSpec, account: Account, pace: Pace, *, patient: bool = True
) -> MusicService:
    """A service, to be closed. Unless `patient`, nothing is tried twice."""
    service: MusicService = import_module(spec.module).connect(account, pace, patient=patient)
    return service
