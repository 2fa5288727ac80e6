"""What counts as one song, and what a title says of it: credits, versions, season, kind.

Texts in, facts out: no store, no sound. `describe_song` says all at once.
"""

from musicrec_core.songs.artist_names import ArtistNames
from musicrec_core.songs.credits import (
    GUEST_WORDS,
    Credit,
    Role,
    credits_of,
    guests_in,
    may_be_several,
)
from musicrec_core.songs.facts import SongFacts, SongTags, describe_song
from musicrec_core.songs.kinds import Kind
from musicrec_core.songs.versions import VERSIONS, same_version

__all__ = [
    "GUEST_WORDS",
    "VERSIONS",
    "ArtistNames",
    "Credit",
    "Kind",
    "Role",
    "SongFacts",
    "SongTags",
    "credits_of",
    "describe_song",
    "guests_in",
    "may_be_several",
    "same_version",
]
