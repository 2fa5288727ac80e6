"""Which key does what: presets, and what a person changed, by the ids of the bindings."""

from __future__ import annotations

from pathlib import Path

from musicrec_tui import settings

PRESETS: dict[str, dict[str, str]] = {
    "musicrec": {},
    "vi": {
        "table.page_down": "ctrl+f,ctrl+d,pagedown",
        "table.page_up": "ctrl+b,ctrl+u,pageup",
        "queue.undo": "U,ctrl+z",
        "queue.redo": "ctrl+r,ctrl+y",
        "playlists.undo": "U,ctrl+z",
        "playlists.redo": "ctrl+r,ctrl+y",
        "for-you.renew": "f5",
        "home.renew": "f5",
        "insights.renew": "f5",
        "playlists.renew": "f5",
    },
    "ncmpcpp": {
        "player.pause": "P,space",
        "song.playlist": "ctrl+a",
        "player.next": "greater_than_sign",
        "player.previous": "less_than_sign",
        "player.stop": "s",
        "queue.shuffle": "Z,z",
        "queue.clear": "c,C",
        "song.queue": "a,ctrl+space",
        "table.mark": "insert",
        "library.scan": "U",
    },
}
"""What differs from the keys that the bindings name themselves."""


def preset(home: Path | None) -> str:
    """The name of the one in use."""
    chosen = settings.text(home, "keys")
    return chosen if chosen in PRESETS else "musicrec"


def own(home: Path | None) -> dict[str, str]:
    """Keys that a person set, by binding."""
    kept = settings.read(home).get("own_keys")
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {name: key for name, key in pairs if isinstance(key, str)}


def set_own(home: Path | None, binding: str, key: str | None) -> None:
    """Give a binding another key; None: the one that the preset says."""
    kept = {name: old for name, old in own(home).items() if name != binding}
    settings.remember(home, "own_keys", kept | ({binding: key} if key else {}))


def keymap(home: Path | None) -> dict[str, str]:
    """Keys by binding, those a person set beside the preset's."""
    return PRESETS[preset(home)] | own(home)
