"""Guards: what is never shown, each with one verdict that ranking and `explain` share."""

from musicrec_core.app.lists.guards.guard import Exclusion, Guard, check, may_be_shown
from musicrec_core.app.lists.guards.opinions import OpinionGuard

GUARDS: tuple[Guard, ...] = (OpinionGuard(),)

__all__ = ["GUARDS", "Exclusion", "Guard", "check", "may_be_shown"]
