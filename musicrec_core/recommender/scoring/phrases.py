"""The words of reasons: for each group, what may be said of a recording beside the past."""

from __future__ import annotations

from dataclasses import dataclass

BY_SOUND = "culture by sound"


@dataclass(frozen=True, slots=True)
class ReasonPhrases:
    """What a group's source can say.

    like: of a song, or of several. unlike: that none of those songs is like it. nearer: with
    `nearer` or `farther`. noun: what it is that is compared.
    """

    noun: str
    like: str
    unlike: str
    nearer: str


PHRASES = {
    "sound": ReasonPhrases(
        "sound",
        "sounds like {what}",
        "sounds like nothing you {did}",
        "in sound {nearer} what you {did} than most songs",
    ),
    "culture": ReasonPhrases(
        "style",
        "close in style to {what}",
        "not close in style to anything you {did}",
        "in style {nearer} what you {did} than most songs",
    ),
    BY_SOUND: ReasonPhrases(
        "style, as its sound suggests it,",
        "its sound suggests the style of {what}",
        "its sound does not suggest the style of anything you {did}",
        "in the style that its sound suggests {nearer} what you {did} than most songs",
    ),
    "tags": ReasonPhrases(
        "tags",
        "shares tags with {what}",
        "shares no tags with anything you {did}",
        "in tags {nearer} what you {did} than most songs",
    ),
    "era": ReasonPhrases(
        "year",
        "from about the same time as {what}",
        "from another time than what you {did}",
        "in years {nearer} what you {did} than most songs",
    ),
    "character": ReasonPhrases(
        "tempo, energy and mood",
        "in tempo, energy and mood like {what}",
        "in tempo, energy and mood like nothing you {did}",
        "in tempo, energy and mood {nearer} what you {did} than most songs",
    ),
}

SEEDED = {
    "seed_sound": ("close to {song} in sound", "close in sound"),
    "seed_culture": ("close in style to {song}", "close in style"),
    f"seed_{BY_SOUND}": (
        "its sound suggests the style of {song}",
        "its sound suggests a close style",
    ),
    "seed_words": ("in moods and genre like {song}, by its sound", "in moods and genre alike"),
    "seed_affect": ("of the mood and energy of {song}", "of the same mood and energy"),
    "seed_all": ("among the nearest to {song} that there are", "among the nearest there are"),
    "seed_tags": ("shares tags with {song}", "shares tags"),
}

# Of what many people like: (raised the score, lowered it).
BY_TAG = ("many people like songs tagged {tag}", "fewer people like songs tagged {tag}")
ALL_BY_SOUND = ("many people like songs that sound so", "fewer people like songs that sound so")
NOBODY = ("nothing known against it", "it is not known that many people like such songs")

UNKNOWN = {
    "sound": "nothing is known of its sound",
    "culture": "nothing is known of its artist and style",
    "tags": "it has no tags",
    "artist": "its artist is not known",
    "era": "its year is not known",
    "character": "its tempo and energy are not known",
    "popular": "too little is known of it to tell whether many people like it",
}
