"""Opens audio files for FFmpeg: no network, no playlists that lead elsewhere, text made safe."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from musicrec_core.errors import UnreadableFileError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer
    from av.packet import Packet

# Containers of music only. FFmpeg would also take a file named .mp3 for an HLS or concat
# playlist and open the addresses and files in it.
_CONTAINERS = (
    "aac,ac3,aiff,amr,ape,asf,au,caf,dsf,dts,dtshd,eac3,flac,iff,matroska,mov,mp3,mpc,mpc8,ogg"
    ",rm,shn,tak,tta,voc,w64,wav,wv"
)
_OPTIONS = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "file"}
# By default FFmpeg searches 5 MB of every WAV file for hidden DTS, which takes it 20 times as long
# as all the rest of opening.
_WAV_OPTIONS = _OPTIONS | {"probesize": "65536"}

# FFmpeg's demuxers use the system's other numbers for damage of every kind.
_SYSTEM_ERRORS = frozenset(
    (errno.EACCES, errno.EIO, errno.EISDIR, errno.ELOOP, errno.EMFILE, errno.ENAMETOOLONG,
     errno.ENFILE, errno.ENOENT, errno.ENOTDIR, errno.ENXIO)
)  # fmt: skip


@contextmanager
def open_audio(
    path: str, part: tuple[int, int] | None = None
) -> Iterator[tuple[InputContainer, AudioStream]]:
    """The container and its first audio stream; `path` as `os.fsdecode` gives it.

    `part` is the first byte and the one behind the last of a file within the file.

    Everything that FFmpeg raises inside the block, too, becomes UnreadableFileError with one
    clear line.
    """
    import av

    try:
        if os.stat(path).st_size == 0:
            raise UnreadableFileError(path, "the file is empty")
        options = _WAV_OPTIONS if path.lower().endswith((".wav", ".wave")) else _OPTIONS
        # Tags are mutagen's to read: here they only must not fail.
        with (
            _source(path, part) as source,
            av.open(source, "r", options=dict(options), metadata_errors="replace") as container,
        ):
            if not container.streams.audio:
                raise UnreadableFileError(path, "it holds no audio")
            stream = container.streams.audio[0]
            if stream.codec_context is None:  # whatever the annotation says
                raise UnreadableFileError(path, "no decoder is known for it")
            stream.codec_context.thread_count = 1  # starting threads costs more than they save
            yield container, stream
    except (av.FFmpegError, OSError) as error:  # FFmpeg's errors first: some are OSErrors as well
        raise UnreadableFileError(path, _reason(error)) from error


@contextmanager
def _source(path: str, part: tuple[int, int] | None) -> Iterator[str | FileSlice]:
    if part is None:
        yield path
    else:
        with open(path, "rb") as file:
            yield FileSlice(file, *part)


class FileSlice:
    """Some bytes of a file, read as if they were a file."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file = file
        self._start, self._end = start, end
        file.seek(start)

    def read(self, size: int) -> bytes:
        """At most `size` bytes."""
        return self._file.read(min(size, max(0, self._end - self._file.tell())))

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """The new place in the part."""
        base = {os.SEEK_SET: self._start, os.SEEK_CUR: self._file.tell(), os.SEEK_END: self._end}
        return self._file.seek(max(self._start, base[whence] + offset)) - self._start

    def tell(self) -> int:
        """The place in the part."""
        return self._file.tell() - self._start


def packets(container: InputContainer, stream: AudioStream) -> Iterator[Packet[AudioStream]]:
    """The packets from where the container stands, as far as they can be read.

    Raises FFmpegError only where the first one cannot: a chain that changes, an index that
    breaks off, a drive that goes away do not take back what came before.
    """
    import av

    some = False
    demuxed = container.demux(stream)
    while True:
        try:
            packet = next(demuxed, None)
        except av.FFmpegError:
            if some:
                return
            raise
        if packet is None:
            return
        some = some or bool(packet.size)
        yield packet


def _reason(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number == errno.ENOMEM:
        return "opening it takes more memory than it may"
    if number not in _SYSTEM_ERRORS:
        return "it is no audio file, or too damaged to decode"
    return f"it cannot be read ({os.strerror(number).lower()})"
