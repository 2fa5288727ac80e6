"""Lists: what is recommended, in which order, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.lists import guard_settings, own_dials, recommend
from musicrec_core.app.lists.guard_settings import GuardState
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.request import Dials, ListRequest, RadioSession, SupposedRequest
from musicrec_core.app.results import (
    BatchAnswer,
    Explanation,
    GroupKind,
    GroupRecommendations,
    Recommendations,
)
from musicrec_core.app.scores import scoring
from musicrec_core.records import Ban, BanKind, Recommendation, Track

if TYPE_CHECKING:
    from musicrec_core.app.lists.occasions import Occasion
    from musicrec_core.app.lists.shelves import Shelf
    from musicrec_core.records import FloatArray, IntArray


class ListsPart(FacadePart):
    """What is shown to this person."""

    __slots__ = ()

    def recommend(
        self, request: ListRequest, *, at_once: bool = False, logged: bool = True
    ) -> Recommendations:
        """The list that the request asks for, with what there is to tell of it.

        at_once: after an opinion, do not wait for the whole library to be scored; the result is
        `provisional` then, until `rescore` ran. logged: it counts as shown.
        """
        return recommend.recommend(self._context, request, at_once=at_once, logged=logged)

    def recommend_groups(self, request: ListRequest, kind: GroupKind) -> GroupRecommendations:
        """Albums, or artists, that the request asks for, with their songs and why; not logged.

        Raises MusicRecError for a journey, for what is far from seeds, and for an order.
        """
        from musicrec_core.app.lists import group_picks

        return group_picks.recommend(self._context, request, kind)

    def radio(
        self, session: RadioSession, count: int = 10, *, at_once: bool = False
    ) -> Recommendations:
        """The next songs of an endless queue, by what was liked and skipped in it so far."""
        return self.recommend(ListRequest(count, session=session), at_once=at_once)

    def session_of(self, playlist: str, seeds: tuple[str, ...] = ()) -> RadioSession:
        """The radio that goes on from a playlist; raises QueryError where there is none."""
        from musicrec_core.app.playlists import radio_session

        return radio_session.of_playlist(self._context, playlist, seeds)

    def ordinary_score(self) -> float:
        """The score of an ordinary song, from which the reasons of a pick lead to its own."""
        return Person.now(self._context, at_once=True).ordinary

    def batch(self, requests: Iterable[SupposedRequest]) -> Iterator[BatchAnswer]:
        """One answer a request, in order; nothing is logged, and no opinion is kept."""
        from musicrec_core.app.lists import batch

        return batch.answers(self._context, requests)

    def rescore(self) -> None:
        """Score the whole library, where something changed since it was."""
        scoring.rescore(self._context)

    def listeners(self, tracks: Sequence[Track]) -> list[int | None]:
        """How many people of the map listen to each track's artist; None where unknown."""
        from musicrec_core.app.scores import artist_popularity

        return artist_popularity.listeners(self._context, tracks)

    def shelves(self) -> list[str]:
        """The names of short lists to begin with, in their order."""
        from musicrec_core.app.lists import shelves

        return list(shelves.SHELVES)

    def shelf(self, name: str) -> Shelf:
        """One of `shelves`, with its songs and why they are there."""
        from musicrec_core.app.lists import shelves

        return shelves.SHELVES[name](self._context)

    def explain(self, query: str) -> Explanation:
        """Why a track has its score, or what keeps it out."""
        from musicrec_core.app.lists import explain

        return explain.explain(self._context, query)

    def as_picks(self, track_ids: Sequence[int]) -> tuple[Recommendation, ...]:
        """Songs with their scores and reasons as they are now, whatever list they come from."""
        return recommend.as_picks(self._context, track_ids)

    def scores(self) -> dict[int, float]:
        """The score of every scored track by track id."""
        return recommend.scores(self._context)

    def scores_of(self, track_ids: IntArray) -> FloatArray:
        """Float32 [m]: the scores of m tracks, NaN for what has none."""
        return recommend.scores_of(self._context, track_ids)

    def guards(self) -> tuple[GuardState, ...]:
        """What is kept out of lists, and whether that is on."""
        return guard_settings.states(self._context)

    def kept_out(self) -> dict[str, int]:
        """How many songs each guard that is on, or would be, keeps out of lists, by its name."""
        return guard_settings.kept_out(self._context)

    def own_dials(self) -> Dials:
        """How lists for this person lean while nothing else is asked for."""
        return own_dials.load(self._context)

    def set_own_dial(self, name: str, value: float | None) -> None:
        """Let lists lean so from now on; None: as they do for everybody."""
        own_dials.set_own(self._context, name, value)

    def switch_guard(self, name: str, *, on: bool) -> None:
        """Turn a guard on or off."""
        guard_settings.switch(self._context, name, on)

    def activities(self) -> list[Occasion]:
        """What music can be for, one's own first."""
        from musicrec_core.app.lists import occasions

        return occasions.occasions(self._context)

    def define_activity(self, name: str, wish: str) -> Occasion:
        """Give a wish in words a name."""
        from musicrec_core.app.lists import occasions

        return occasions.define(self._context, name, wish)

    def remove_activity(self, name: str) -> Occasion:
        """Forget one of one's own."""
        from musicrec_core.app.lists import occasions

        return occasions.remove(self._context, name)

    def bans(self) -> list[Ban]:
        """What this person never wants to hear."""
        return self._context.store.guarded.bans(self._context.profile)

    def ban(self, kind: BanKind, value: str) -> Ban:
        """Never pick this artist, album, genre or folder."""
        return guard_settings.ban(self._context, kind, value)

    def speaks_of(self, ban: Ban) -> int:
        """How many songs of the library an artist, album, genre or folder stands for."""
        return guard_settings.speaks_of(self._context, ban)

    def unban(self, kind: BanKind, value: str) -> Ban:
        """Take a ban back."""
        return guard_settings.unban(self._context, kind, value)
