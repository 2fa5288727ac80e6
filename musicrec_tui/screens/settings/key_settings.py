"""Every binding as a setting, and which two may not share a key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from musicrec_tui.screens.key_list import described, keys_of, owners
from musicrec_tui.screens.pages import PAGES
from musicrec_tui.screens.settings.setting import Setting

SHORT = {"The highlighted song": "A song", "Move in a list": "Lists", "musicrec": "Anywhere"}
OWN_PAGE = {spec.name for spec in PAGES}


def key_settings(keymap: Mapping[str, str], preset: Mapping[str, str]) -> list[Setting]:
    """A setting a binding. keymap: keys in force, preset: those without a person's own."""
    pages = [
        Binding(s.key, "", f"Go to {s.name}", id=f"page.{s.id}", tooltip=s.about) for s in PAGES
    ]
    return [_setting("Pages", page, keymap, preset) for page in pages] + [
        _setting(where, binding, keymap, preset)
        for where, classes in owners()
        for owner in classes
        for binding in described(owner)
        if binding.id
    ]


def _setting(
    where: str, binding: Binding, keymap: Mapping[str, str], preset: Mapping[str, str]
) -> Setting:
    key = binding.id or ""
    return Setting(
        kind="key",
        key=key,
        group=SHORT.get(where, where),
        name=binding.description,
        value=keymap.get(key, binding.key),
        shown=keys_of(binding, keymap),
        about=binding.tooltip,
        default=preset.get(key, binding.key),
    )


def taken_by(settings: Iterable[Setting], changed: Setting, key: str) -> Setting | None:
    """The binding that has the key already where `changed` works too; None where none has."""
    return next((s for s in settings if key in s.value.split(",") and _meet(s, changed)), None)


def _meet(one: Setting, other: Setting) -> bool:
    """Whether both work at the same time: not on two different pages, nor one with itself."""
    if one.kind != "key" or one.key == other.key:
        return False
    places = {one.group, other.group}
    return len(places) == 1 or not places <= OWN_PAGE
