"""What a walk leaves out: system folders, `.nomedia`, `.musicignore`, and patterns of the person.

Patterns are those of .gitignore: `*` and `?` stay within a name, `**` does not, a slash in front
or in the middle ties a pattern to its folder, one at the end means folders only, `!` takes back,
`#` starts a remark.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# What systems and network drives keep of deleted songs, earlier states, thumbnails, lost pieces.
SYSTEM_FOLDERS = frozenset(
    (
        "$recycle.bin", "recycler", "recycled", "recycle bin", "system volume information",
        "#recycle", "@recycle", "@recycle bin", "trashbox", "network trash folder",
        "network recycle bin", "#snapshot", "@snapshot", "~snapshot", "@recently-snapshot",
        "@eadir", "@tmp", "@sharebin", "@transcode", "@apphome", "lost+found", "lost.dir",
        "__macosx", "thevolumesettingsfolder", "temporary items",
    )
)  # fmt: skip
_CHECKDISK = re.compile(r"found\.\d{3}")
NO_MEDIA, IGNORE_FILE = b".nomedia", b".musicignore"
MOST_BYTES = 1 << 16
"""A longer file of patterns is none."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern, and the folder that it speaks of."""

    text: str
    matches: re.Pattern[str]
    folder: bytes
    folders_only: bool
    takes_back: bool


def is_system_folder(name: bytes) -> bool:
    """Whether a folder's name is one that a system gives."""
    shown = os.fsdecode(name).casefold()
    return shown in SYSTEM_FOLDERS or bool(_CHECKDISK.fullmatch(shown))


def rules_in(folder: bytes) -> list[Rule] | None:
    """The rules of the `.musicignore` in a folder; None where it leaves out all of it."""
    with open(os.path.join(folder, IGNORE_FILE), "rb") as file:
        data = file.read(MOST_BYTES)
    rules = rules_of(data.decode("utf-8-sig", "surrogateescape").splitlines(), folder)
    return rules or (None if not data.strip() else [])


def rules_of(patterns: Iterable[str], folder: bytes) -> list[Rule]:
    """Patterns that speak of a folder and all below it."""
    rules = []
    for pattern in patterns:
        text = pattern.rstrip("\r\n ").removeprefix("./")
        if not text.strip("/!") or text.startswith("#"):
            continue
        takes_back, plain = text.startswith("!"), text.removeprefix("!").removeprefix("\\")
        if os.path.isabs(plain) and os.fsencode(plain).startswith(os.path.join(folder, b"")):
            plain = os.fsdecode(os.fsencode(plain)[len(os.path.join(folder, b"")) - 1 :])
        composed = _composed(plain.rstrip("/"))
        try:
            matches = re.compile(_expression(composed))
        except re.error:  # of letters in brackets that are no range
            matches = re.compile(re.escape(composed))
        rules.append(Rule(text, matches, folder, plain.endswith("/"), takes_back))
    return rules


def left_out_by(rules: Sequence[Rule], path: bytes, *, is_folder: bool) -> Rule | None:
    """The rule that leaves a path out; of several that speak of it, the last counts."""
    for rule in reversed(rules):
        if rule.folders_only and not is_folder:
            continue
        below = path[len(os.path.join(rule.folder, b"")) :]
        if rule.matches.fullmatch(_composed(os.fsdecode(below)).replace(os.sep, "/")):
            return None if rule.takes_back else rule
    return None


def _composed(text: str) -> str:
    """Some file systems take names apart into letters and accents."""
    return unicodedata.normalize("NFC", text)


def _expression(pattern: str) -> str:
    """The regular expression of a pattern, over a path below its folder."""
    tied = "/" in pattern
    parts = ["" if tied else "(?:.*/)?"]
    at, pattern = 0, pattern.lstrip("/")
    while at < len(pattern):
        for wild, expression in (("**/", "(?:.*/)?"), ("**", ".*"), ("*", "[^/]*"), ("?", "[^/]")):
            if pattern.startswith(wild, at):
                parts.append(expression)
                at += len(wild)
                break
        else:
            end = pattern.find("]", at + 2) if pattern[at] == "[" else -1
            if end > 0:
                parts.append(_one_of(pattern[at + 1 : end]))
                at = end
            else:
                parts.append(re.escape(pattern[at]))
            at += 1
    return "".join(parts)


def _one_of(letters: str) -> str:
    opening = "[^" if letters[0] in "!^" else "["
    inner = letters.lstrip("!^") if letters[0] in "!^" else letters
    ranges = re.sub(r"([\\\[\]^&~|])", r"\\\1", inner)
    return f"{opening}{ranges}]" if inner else re.escape(f"[{letters}]")
