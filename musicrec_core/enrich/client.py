"""One question at a time in Last.fm's language, by pylast: paced, tried again, errors by kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pylast

from musicrec_core.enrich.pacing import Pace, Patience
from musicrec_core.enrich.problems import BY_CODE, BadProxy, Malformed, Problem, ServerDown
from musicrec_core.enrich.server import Server
from musicrec_core.enrich.transport import Transport, TransportLimits

if TYPE_CHECKING:
    from xml.dom.minidom import Document

pylast.logger.disabled = True  # it logs whole answers, and a server may repeat the key in one


class Client:
    """A connection to a server, to be closed. Unless `patient`, nothing is tried twice."""

    def __init__(
        self,
        server: Server,
        api_key: str,
        pace: Pace,
        limits: TransportLimits | None = None,
        *,
        patient: bool = True,
    ) -> None:
        self.server = server
        self._patience = Patience(pace, patient=patient)
        self._transport = Transport(server, limits or TransportLimits(), _is_answer)
        # The mount takes the place of a proxy; the transport itself knows the real one.
        self._network = pylast.LastFMNetwork(api_key, proxy={"all://": self._transport})
        self._network.ws_server = (server.place, server.path)

    @property
    def requests(self) -> int:
        """How many were made, failed and repeated ones too."""
        return self._patience.requests

    def ask(self, method: str, params: Mapping[str, str]) -> Document:
        """The answer to a method of the service, such as `artist.getTopTags`.

        Raises a Problem when the server says no, or still fails after growing pauses; Stopped.
        """
        return self._patience.ask(lambda: self._ask_once(method, params))

    def _ask_once(self, method: str, params: Mapping[str, str]) -> Document:
        # pylast's own methods neither let a misspelt name be corrected nor say whom they mean.
        request = pylast._Request(self._network, method, dict(params))  # noqa: SLF001
        try:
            document: Document = request.execute()
        except pylast.WSError as error:
            code = int(error.status) if str(error.status).isdecimal() else 0
            raise BY_CODE.get(code, ServerDown)(self.server.name) from None
        except pylast.NetworkError as error:
            if isinstance(error.underlying_error, Problem):
                raise error.underlying_error from None
            raise ServerDown(self.server.name) from None
        except ImportError:  # of socks, which a variable of the environment asks for
            raise BadProxy(self.server.name) from None
        except (pylast.PyLastError, ValueError, IndexError, AttributeError):
            # pylast reads an answer without its outermost element, or in no known encoding, so.
            raise Malformed(self.server.name) from None
        return document

    def close(self) -> None:
        """Hang up."""
        self._transport.hang_up()


def _is_answer(body: bytes, start: bytes) -> bool:
    # Entities could blow up in the parser's hands; the format has none.
    return b"<lfm" in start and b"<!DOCTYPE" not in body and b"<!ENTITY" not in body
