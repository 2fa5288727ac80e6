"""The lines round the lists: how much is known, what to do next, why a list is empty."""

from __future__ import annotations

from musicrec_core.app.results import Recommendations, Recorded, Status
from musicrec_core.records import FeedbackKind
from musicrec_core.text import count, one_line
from musicrec_tui import jobs

SAID: dict[FeedbackKind, str] = {
    "like": "♥ Liked",
    "dislike": "✗ Disliked",
    "rating": "Rated",
    "skip": "Skipped",
    "play": "Played",
}

NO_MUSIC = "No music yet. Press a to add a folder of yours."
SCANNING = "Reading your music: the first picks come in a moment."
MAKING = "Making the demo songs. That takes about a minute, the first time only."
NO_PICKS = "Nothing to recommend: every song is disliked. u takes back the last dislike."
NO_FEEDBACK = "Press l on a song you like: the list moves at once."

# The command line's words for what a key does here.
KEYS = {
    "`musicrec retrain`": "pressing r",
    "then `musicrec scan`": "then press s",
    "musicrec retrain": "press r",
    "musicrec scan": "press s",
}


def status_line(status: Status, profile: str) -> str:
    """How much was listened to, and which model scores."""
    heard = f"{status.analysed:,} of {count(status.tracks, 'song')} heard"
    whose = "" if profile == "default" else f"{profile} · "
    known = heard if status.tracks else "all songs away" if status.offline else "no songs yet"
    return one_line(f"{whose}{known} · {status.model.kind} model")


def no_songs(status: Status, job: jobs.Job | None) -> str:
    """Why the library is empty."""
    if job is None:
        return _pressed(status.suggestion or "") if status.offline else NO_MUSIC
    return MAKING if job.name == jobs.DEMO else SCANNING


def hint(status: Status, found: Recommendations, asked: int) -> str:
    """The most important thing to say above the picks, or nothing."""
    # The last note of a short list says that it is short: one can see that.
    notes = found.notes if len(found.picks) == asked else found.notes[:-1]
    hints = list(dict.fromkeys([status.suggestion or "", *notes]))
    if not any(status.feedback.values()):
        hints.append(NO_FEEDBACK)
    first = next((text for text in hints if text), "")
    return one_line(_pressed(first)) if found.picks else ""


def _pressed(text: str) -> str:
    """Keys instead of commands."""
    for typed, key in KEYS.items():
        text = text.replace(typed, key)
    return text


def undone(given: Recorded) -> str:
    """What was taken back."""
    what = SAID.get(given.undone or "undo", "").lower()
    return f"Undone, {what} {given.track.title}"
