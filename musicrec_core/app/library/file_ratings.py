"""What ratings in files come to: opinions of the person, unless they said otherwise since."""

from __future__ import annotations

from musicrec_core.app.context import Context
from musicrec_core.store.opinions.file_ratings import DueRating

NS_PER_S = 1_000_000_000


def take_all(context: Context, *, read: bool) -> None:
    """Take the ratings that are new in files or have changed there.

    `read`: whether files were read, so that the scale of RATING may be another now.
    """
    ratings = context.store.file_ratings
    if read:
        from musicrec_core.library.ratings import scale, stars

        numbers = ratings.numbers()
        top = scale(numbers)
        with context.store.atomic():
            ratings.read_numbers({number: stars(number, top) for number in numbers})
    due = ratings.due()
    if due:
        with context.store.atomic():
            for rating in due:
                _take(context, rating)


def _take(context: Context, due: DueRating) -> None:
    store = context.store
    changed_at_s = min(due.changed_at_ns / NS_PER_S, context.now_s())
    last = store.file_ratings.last_of(due.track_id)
    profile = last.profile if last else context.profile
    # Two copies may be rated unlike each other: the one that was read first counts.
    is_older = last is not None and (
        last.stars == due.stars or (due.taken is None and store.file_ratings.other_copies(due))
    )
    if not is_older and not store.file_ratings.said_since(profile, due.track_id, changed_at_s):
        store.feedback.add(
            profile, due.track_id, "rating", value=due.stars, at_s=changed_at_s, source="file"
        )
    store.file_ratings.take(due)
