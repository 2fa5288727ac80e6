"""Finds the audio files below some folders, whatever the names and links on the way."""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Callable, Iterator, Sequence

from musicrec_core.library.ignoring import (
    IGNORE_FILE,
    NO_MEDIA,
    Rule,
    is_system_folder,
    left_out_by,
    rules_in,
    rules_of,
)
from musicrec_core.records import FoundFile

# What mutagen or FFmpeg reads and people keep as music. Containers that mostly hold films
# (mkv, webm, avi) are left out; mp4 is in, because iTunes and beets take it for music.
AUDIO_SUFFIXES = frozenset(
    b".aac .ac3 .adts .aif .aifc .aiff .alac .amr .ape .au .caf .dff .dsf .dts .eac3 .flac .m4a"
    b" .m4b .m4r .mka .mp+ .mp1 .mp2 .mp3 .mp4 .mpa .mpc .mpp .oga .ogg .opus .ra .shn .snd .spx"
    b" .tak .tta .voc .w64 .wav .wave .weba .wma .wv".split()
)

OnError = Callable[[bytes, str], None]
SYSTEM = "a system folder: what is in it was deleted, or is no music"
MARKED = "it is marked by .nomedia"
IGNORED = "its .musicignore is empty, which leaves out all of it"


def discover(
    roots: Sequence[bytes],
    on_error: OnError | None = None,
    on_left_out: OnError | None = None,
    exclude: Sequence[str] = (),
) -> Iterator[FoundFile]:
    """Every audio file below `roots`, each path once, in an order that does not change.

    Hidden files and folders are left out, recycle bins and the like, folders with `.nomedia`, and
    what `.musicignore` files and the patterns in `exclude` say; a root itself never is. All but
    the hidden goes to `on_left_out(path, reason)`. Each folder is
    entered once a scan, by its own path before any link to it, so loops end and a link to a
    folder of the library changes nothing. What cannot be read goes to `on_error(path, reason)`.
    """
    nobody: OnError = lambda _path, _reason: None  # noqa: E731
    paths = [os.path.abspath(root) for root in dict.fromkeys(roots)]
    walk = _Walk(on_error or nobody, on_left_out or nobody, paths)
    for path in paths:
        yield from walk.below(path, rules_of(exclude, path))
    yield from walk.below_links()
    for path in paths:
        yield from walk.lone_file(path)


def is_audio_name(name: bytes) -> bool:
    """Whether the name ends like an audio file's."""
    dot = name.rfind(b".")
    return dot > 0 and name[dot:].lower() in AUDIO_SUFFIXES


def is_hidden(name: bytes) -> bool:
    """One leading dot hides; "...And Oceans" is a band."""
    return name.startswith(b".") and not name.startswith(b"..")


class _Walk:
    """One pass over the disk: the folders entered so far, and the links still to follow."""

    def __init__(self, on_error: OnError, on_left_out: OnError, roots: Sequence[bytes]) -> None:
        self._on_error = on_error
        self._on_left_out = on_left_out
        self._roots = frozenset(roots)
        self._entered: set[tuple[int, int]] = set()
        self._links: deque[tuple[bytes, list[Rule]]] = deque()

    def below(self, top: bytes, rules: list[Rule]) -> Iterator[FoundFile]:
        """The files of one folder tree; a stack, so that no depth is too deep."""
        stack = [(top, rules)]
        while stack:
            folder, outer = stack.pop()
            if not self._enter(folder):
                continue
            entries, marks = self._entries(folder)
            inner = self._rules(folder, marks, outer)
            if inner is None:
                continue
            folders = []
            for entry in entries:
                kind = self._kind(entry)
                if not kind or (inner and self._is_left_out(entry.path, kind, inner)):
                    continue
                if kind == "file":
                    if file := self._file(entry.path):
                        yield file
                elif is_system_folder(entry.name) and entry.path not in self._roots:
                    self._on_left_out(entry.path, SYSTEM)
                elif kind == "folder":
                    folders.append((entry.path, inner))
                else:
                    self._links.append((entry.path, inner))
            stack.extend(reversed(folders))

    def _rules(self, folder: bytes, marks: set[bytes], outer: list[Rule]) -> list[Rule] | None:
        """The rules that hold in a folder; None where all of it is left out."""
        if NO_MEDIA in marks and folder not in self._roots:
            self._on_left_out(folder, MARKED)
            return None
        if IGNORE_FILE not in marks:
            return outer
        try:
            own = rules_in(folder)
        except OSError as error:
            self._on_error(os.path.join(folder, IGNORE_FILE), _reason(error))
            return outer
        if own is None and folder not in self._roots:
            self._on_left_out(folder, IGNORED)
            return None
        return [*outer, *(own or ())]

    def _is_left_out(self, path: bytes, kind: str, rules: list[Rule]) -> bool:
        rule = left_out_by(rules, path, is_folder=kind != "file")
        if rule is None:
            return False
        self._on_left_out(path, f"left out by the pattern {rule.text}")
        return True

    def below_links(self) -> Iterator[FoundFile]:
        """The files behind linked folders that no real path led to."""
        while self._links:
            yield from self.below(*self._links.popleft())

    def lone_file(self, path: bytes) -> Iterator[FoundFile]:
        """A root that is a file, unless its folder was walked and so has reported it."""
        folder, name = os.path.split(path)
        if not is_audio_name(name) or not os.path.isfile(path):
            return
        if is_hidden(name) or _identity(os.stat(folder)) not in self._entered:
            file = self._file(path)
            if file:
                yield file

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

    def _entries(self, folder: bytes) -> tuple[list[os.DirEntry[bytes]], set[bytes]]:
        """What is shown in a folder, by name, and which marks for walks like this are there."""
        marks, shown = set(), []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not is_hidden(entry.name):
                        shown.append(entry)
                    elif entry.name in (NO_MEDIA, IGNORE_FILE):
                        marks.add(entry.name)
        except OSError as error:
            self._on_error(folder, _reason(error))
            return [], set()
        return sorted(shown, key=lambda entry: entry.name), marks

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
        return FoundFile.of(path, status)


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
