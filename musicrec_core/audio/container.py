"""Opens audio files for FFmpeg: no network, no playlists that lead elsewhere, text made safe."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from musicrec_core.errors import UnreadableFileError

if TYPE_CHECKING:
    from av.audio.stream import AudioStream
    from av.container import InputContainer

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
     errno.ENFILE, errno.ENOENT, errno.ENOMEM, errno.ENOTDIR, errno.ENXIO)
)  # fmt: skip


@contextmanager
def open_audio(path: str) -> Iterator[tuple[InputContainer, AudioStream]]:
    """The container and its first audio stream; `path` as `os.fsdecode` gives it.

    Everything that FFmpeg raises inside the block, too, becomes UnreadableFileError with one
    clear line.
    """
    import av

    try:
        if os.stat(path).st_size == 0:
            raise UnreadableFileError(path, "the file is empty")
        options = _WAV_OPTIONS if path.lower().endswith((".wav", ".wave")) else _OPTIONS
        # Tags are mutagen's to read: here they only must not fail.
        with av.open(path, options=dict(options), metadata_errors="replace") as container:
            if not container.streams.audio:
                raise UnreadableFileError(path, "it holds no audio")
            stream = container.streams.audio[0]
            if stream.codec_context is None:  # whatever the annotation says
                raise UnreadableFileError(path, "no decoder is known for it")
            stream.codec_context.thread_count = 1  # starting threads costs more than they save
            yield container, stream
    except (av.FFmpegError, OSError) as error:  # FFmpeg's errors first: some are OSErrors as well
        raise UnreadableFileError(path, _reason(error)) from error


def _reason(error: Exception) -> str:
    number = getattr(error, "errno", None)
    if number not in _SYSTEM_ERRORS:
        return "it is no audio file, or too damaged to decode"
    return f"it cannot be read ({os.strerror(number).lower()})"
