"""The lines round the lists: how much is known, what to do next, why a list is empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.notices import Remedy, worded
from musicrec_core.app.playback.listened import Listened
from musicrec_core.records import FeedbackKind, Track
from musicrec_core.text import count, one_line
from musicrec_tui import jobs
from musicrec_tui.widgets.cells import clock

if TYPE_CHECKING:
    from musicrec_core.app.results import Recommendations, Recorded, Status

SAID: dict[FeedbackKind, str] = {
    "like": "♥ Liked",
    "dislike": "✗ Disliked",
    "rating": "Rated",
    "skip": "Skipped",
    "play": "Played",
}

NO_MUSIC = "No music yet. Press F to add a folder of yours."
SCANNING = "Reading your music: the first picks come in a moment."
MAKING = "Making the demo songs. That takes about a minute, this first time only."
NO_PICKS = "Nothing to recommend: every song is disliked. u takes back the last dislike."
NO_FEEDBACK = "Press l on a song you like: the list moves at once."

# What would help, as the key that does it.
KEYS: dict[Remedy, str] = {
    "scan": "press s",
    "scan-folder": "press F",
    "retrain": "press r",
}


def status_line(status: Status, profile: str) -> str:
    """How much was listened to, and which model scores."""
    heard = f"{status.analysed:,} of {count(status.tracks, 'song')} heard"
    whose = "" if profile == "default" else f"{profile} · "
    listened = heard if status.tracks else "all songs away" if status.offline else "no songs yet"
    return one_line(f"{whose}{listened} · {status.model.kind} model")


def no_songs(status: Status, job: jobs.Job | None) -> str:
    """Why the library is empty."""
    if job is None:
        return worded(status.suggestion, KEYS) if status.offline and status.suggestion else NO_MUSIC
    return MAKING if job.makes_songs else SCANNING


def hint(status: Status, recommendations: Recommendations) -> str:
    """The most important thing to say above the picks, or nothing."""
    # That a list is short one can see.
    notices = [notice for notice in recommendations.notices if notice.code != "few-fit"]
    hints = [worded(notice, KEYS) for notice in (status.suggestion, *notices) if notice]
    if not any(status.feedback.values()):
        hints.append(NO_FEEDBACK)
    return one_line(hints[0]) if recommendations.picks and hints else ""


def passed(rows: int) -> str:
    """That rows stay though the list has changed, and how to have it anew."""
    return f"The list has changed; the {rows} rows that you passed stay. F5 shows it from its top"


def skipped(heard: Listened) -> str:
    """That going on counts against the song, and how to take that back."""
    after = clock(heard.seconds)
    return f"Skipped {heard.track.title} after {after}: counts a little against it. u takes it back"


def undone(recorded: Sequence[Recorded]) -> str:
    """What was taken back."""
    what = SAID.get(recorded[0].undone or "undo", "").lower()
    return f"Undone, {what} {songs([one.track for one in recorded])}"


def songs(tracks: Sequence[Track]) -> str:
    """One by its title, several by their number."""
    return tracks[0].title if len(tracks) == 1 else count(len(tracks), "song")
