"""Music services and the optional language model; neither is loaded before it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.results import Cancelled, EnrichOptions, OnProgress
from musicrec_core.service_records import LASTFM, service_called

if TYPE_CHECKING:
    from musicrec_core.app.llm.endpoint import LlmStatus
    from musicrec_core.app.results import EnrichReport, ServiceStatus


class ServicesPart(FacadePart):
    """What is asked of music services, once the user has turned them on.

    A `service` is the name of a row of `service_records.SERVICES`.
    """

    __slots__ = ()

    def enrich(
        self,
        options: EnrichOptions | None = None,
        progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> EnrichReport:
        """Ask about the library and the user's listening, then rescore.

        Raises EnrichError by kind, OffError while no service is on. What came before is kept.
        """
        from musicrec_core.app.services import enrich

        return enrich.enrich(self._context, options or EnrichOptions(), progress, cancelled)

    def login(
        self,
        key: str | None = None,
        user: str | None = None,
        server: str | None = None,
        *,
        service: str = LASTFM.name,
    ) -> ServiceStatus:
        """Turn a service on, or change what is not None. Raises EnrichError for a refused key."""
        from musicrec_core.app.services import account

        return account.login(self._context, service_called(service), key, user, server)

    def logout(self, *, answers: bool = False, service: str = LASTFM.name) -> bool:
        """Turn a service off and forget the key; with `answers`, what it said as well."""
        from musicrec_core.app.services import account

        return account.logout(self._context, service_called(service), answers=answers)

    def account(self, service: str = LASTFM.name) -> ServiceStatus:
        """Whether a service is on and what came of it; opens no connection."""
        from musicrec_core.app.services import account

        return account.status(self._context, service_called(service))

    def llm(self) -> LlmStatus:
        """Which language model is asked, if any; opens no connection."""
        from musicrec_core.app.llm import endpoint

        return endpoint.status(self._context)

    def llm_on(
        self, url: str, model: str, *, remote: bool = False, timeout_s: float | None = None
    ) -> LlmStatus:
        """Ask this endpoint from now on. Raises LlmError unless it is here or `remote` is said."""
        from musicrec_core.app.llm import endpoint

        return endpoint.turn_on(self._context, url, model, remote=remote, timeout_s=timeout_s)

    def llm_off(self) -> bool:
        """Ask none any more; False where none was asked."""
        from musicrec_core.app.llm import endpoint

        return endpoint.turn_off(self._context)
