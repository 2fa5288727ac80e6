"""What can go wrong, as types: one root, one leaf per layer.

A `MusicRecError` is always meant for the user: its text is one clear line that says what
happened and, where there is a way, how to mend it. Only the outermost layer (the command line,
the terminal screens, the beets plugin) turns it into output.
"""

from __future__ import annotations

from collections.abc import Sequence


class MusicRecError(Exception):
    """Something that the user can understand and usually mend."""


class UpgradeStopped(KeyboardInterrupt):
    """Ctrl-C while an old database was brought up to date; nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__("stopped; the database is as it was before the upgrade")


class LibraryError(MusicRecError):
    """A folder is missing, or holds no music."""


class UnreadableFileError(MusicRecError):
    """A file that no tag reader or decoder accepts; carries its path and its cause."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class StoreError(MusicRecError):
    """The database cannot be used as it is."""


class DamagedStoreError(StoreError):
    """The database's file is not what was written."""


class NewerStoreError(StoreError):
    """The database was written by a newer version of musicrec."""


class ModelError(MusicRecError):
    """A model file is missing, damaged, or does not match its checksum."""


class QueryError(MusicRecError):
    """A QUERY meant no track, or more than one; carries the candidates to list."""

    def __init__(self, message: str, candidates: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.candidates = tuple(candidates)


class RuleError(MusicRecError):
    """A rule that songs are to fit cannot be read."""


class TableError(MusicRecError):
    """A table handed to import or evaluate cannot be understood."""


class PlayerError(MusicRecError):
    """No player is installed, or it stopped answering."""


class EnrichError(MusicRecError):
    """A music service could not be asked, or said no; `kind` names why in a word or two."""

    kind = "service"
