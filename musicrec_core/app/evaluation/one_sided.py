"""Why something could not be measured: users with ratings of one kind only, or with one rating."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import liked

if TYPE_CHECKING:
    from musicrec_core.recommender.data import EvaluationTable
    from musicrec_core.records import IntArray

UNMEASURED = "AUC, nDCG and logloss cannot be measured"


def one_sided_users(table: EvaluationTable) -> list[str]:
    """A sentence for each reason, with how many users it concerns."""
    opinion, count = liked(table.ratings), len(table.user_ids)
    likes = np.bincount(table.users[opinion == 1], minlength=count)
    dislikes = np.bincount(table.users[opinion == 0], minlength=count)
    rated = np.bincount(table.users, minlength=count)
    sides = {
        "no rating of 1 or 2 (a dislike)": (likes > 0) & (dislikes == 0),
        "no rating of 4 or 5 (a like)": (likes == 0) & (dislikes > 0),
        "only ratings of 3, which are neither likes nor dislikes": (likes + dislikes == 0),
    }
    notices = [
        f"{_named(table, np.flatnonzero(who))} {what}, so {UNMEASURED} there"
        for what, who in sides.items()
        if who.any()
    ]
    single = np.flatnonzero(rated == 1)
    if len(single):
        notices.append(
            f"{_named(table, single)} a single rating, from which nothing can be learned to "
            "predict it"
        )
    return notices


def _named(table: EvaluationTable, users: IntArray) -> str:
    """Who, or how many, and their verb."""
    first = table.user_ids[int(users[0])]
    if len(users) == 1:
        return f"user {first!r} has"
    return f"{len(users)} of {len(table.user_ids)} users (such as {first!r}) have"
