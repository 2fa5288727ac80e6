"""What counts as one song, and what a title says of it: credits, versions, season, kind.

Texts in, facts out: no store, no sound. `describe_song` says all at once.
"""

from musicrec_core.songs.credits import (
    Credit,
    OccursAlone,
    Role,
    alone_in_library,
    credits_of,
    may_be_several,
)
from musicrec_core.songs.facts import SongFacts, SongTags, describe_song
from musicrec_core.songs.kinds import Kind
from musicrec_core.songs.versions import VERSIONS, same_version

__all__ = [
    "VERSIONS",
    "Credit",
    "Kind",
    "OccursAlone",
    "Role",
    "SongFacts",
    "SongTags",
    "alone_in_library",
    "credits_of",
    "describe_song",
    "may_be_several",
    "same_version",
]
