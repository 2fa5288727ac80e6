"""Guards: what is never shown, each with one verdict that ranking and `explain` share."""

from musicrec_core.app.lists.guards.bans import BanGuard
from musicrec_core.app.lists.guards.guard import Exclusion, Guard, check, may_be_shown
from musicrec_core.app.lists.guards.kinds import KindGuard
from musicrec_core.app.lists.guards.lengths import LengthGuard
from musicrec_core.app.lists.guards.opinions import OpinionGuard
from musicrec_core.app.lists.guards.seasons import SeasonGuard

GUARDS: tuple[Guard, ...] = (
    OpinionGuard(),
    BanGuard(),
    KindGuard(),
    SeasonGuard(),
    LengthGuard(),
)

__all__ = ["GUARDS", "Exclusion", "Guard", "check", "may_be_shown"]
