"""Finds the audio files below some folders, whatever the names and links on the way."""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from musicrec_core.records import FoundFile

# What mutagen or FFmpeg reads and people keep as music. Containers that mostly hold films
# (mkv, webm, avi) are left out; mp4 is in, because iTunes and beets take it for music.
AUDIO_SUFFIXES = frozenset(
    b".aac .ac3 .adts .aif .aifc .aiff .alac .amr .ape .au .caf .dff .dsf .dts .eac3 .flac .m4a"
    b" .m4b .m4r .mka .mp+ .mp1 .mp2 .mp3 .mp4 .mpa .mpc .mpp .oga .ogg .opus .ra .shn .snd .spx"
    b" .tak .tta .voc .w64 .wav .wave .weba .wma .wv".split()
)

OnError = Callable[[bytes, str], None]


def discover(roots: Sequence[bytes], on_error: OnError | None = None) -> Iterator[FoundFile]:
    """Every audio file below `roots`, each path once, in an order that does not change.

    Hidden files and folders are left out, except a root that is hidden itself. Each folder is
    entered once a scan, by its own path before any link to it, so loops end and a link to a
    folder of the library changes nothing. What cannot be read goes to `on_error(path, reason)`.
    """
    walk = _Walk(on_error or (lambda _path, _reason: None))
    paths = [os.path.abspath(root) for root in dict.fromkeys(roots)]
    for path in paths:
        yield from walk.below(path)
    yield from walk.below_links()
    for path in paths:
        yield from walk.lone_file(path)


def is_audio_name(name: bytes) -> bool:
    """Whether the name ends like an audio file's."""
    return os.path.splitext(name)[1].lower() in AUDIO_SUFFIXES


def is_hidden(name: bytes) -> bool:
    """One leading dot hides; "...And Oceans" is a band."""
    return name.startswith(b".") and not name.startswith(b"..")


class _Walk:
    """One pass over the disk: the folders entered so far, and the links still to follow."""

    def __init__(self, on_error: OnError) -> None:
        self._on_error = on_error
        self._entered: set[tuple[int, int]] = set()
        self._links: deque[bytes] = deque()

    def below(self, top: bytes) -> Iterator[FoundFile]:
        """The files of one folder tree; a stack, so that no depth is too deep."""
        stack = [top]
        while stack:
            folder = stack.pop()
            if not self._enter(folder):
                continue
            folders = []
            for entry in self._entries(folder):
                kind = self._kind(entry)
                if kind == "folder":
                    folders.append(entry.path)
                elif kind == "link":
                    self._links.append(entry.path)
                elif kind == "file" and (found := self._file(entry.path)):
                    yield found
            stack.extend(reversed(folders))

    def below_links(self) -> Iterator[FoundFile]:
        """The files behind linked folders that no real path led to."""
        while self._links:
            yield from self.below(self._links.popleft())

    def lone_file(self, path: bytes) -> Iterator[FoundFile]:
        """A root that is a file, unless its folder was walked and so has reported it."""
        folder, name = os.path.split(path)
        if not is_audio_name(name) or not os.path.isfile(path):
            return
        if is_hidden(name) or _identity(os.stat(folder)) not in self._entered:
            found = self._file(path)
            if found:
                yield found

    def _enter(self, folder: bytes) -> bool:
        try:
            status = os.stat(folder)
        except OSError as error:
            self._on_error(folder, _reason(error))
            return False
        if not stat.S_ISDIR(status.st_mode) or _identity(status) in self._entered:
            return False
        self._entered.add(_identity(status))
        return True

    def _entries(self, folder: bytes) -> list[os.DirEntry[bytes]]:
        try:
            with os.scandir(folder) as entries:
                shown = [entry for entry in entries if not is_hidden(entry.name)]
        except OSError as error:
            self._on_error(folder, _reason(error))
            return []
        return sorted(shown, key=lambda entry: entry.name)

    def _kind(self, entry: os.DirEntry[bytes]) -> str:
        try:
            if entry.is_dir():
                return "link" if entry.is_symlink() else "folder"
        except OSError:  # a link to itself, or into a folder that is closed to us
            return ""
        return "file" if is_audio_name(entry.name) else ""

    def _file(self, path: bytes) -> FoundFile | None:
        """None for pipes, sockets, devices, and links that lead nowhere."""
        try:
            status = os.stat(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            self._on_error(path, _reason(error))
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        return FoundFile(path, status.st_size, status.st_mtime_ns)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
