"""What the page shows, read in one go, and the settings made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import Dials
from musicrec_core.errors import MusicRecError
from musicrec_core.players import PLAYERS
from musicrec_core.service_records import SERVICES, ServiceSpec
from musicrec_core.text import count
from musicrec_tui import keys, settings, themes
from musicrec_tui.pictures import WAYS
from musicrec_tui.screens.settings.key_settings import key_settings
from musicrec_tui.screens.settings.setting import Setting

if TYPE_CHECKING:
    from musicrec_core.app.results import GuardState

ON_OFF = ("on", "off")
TENTHS = tuple(f"{i / 10:g}" for i in range(11))
SHARES = tuple(f"{i / 20:g}" for i in range(11))
DIALS = {
    "explore": ("Try something new", "share of the list for songs it is unsure of"),
    "popular": ("Well known artists", "0% little known ones, 100% well known ones, 50% either"),
    "familiar": ("What you know", "0% what you never heard, 100% what you know, 50% either"),
    "close": ("Near to your likes", "0% far from what you like, 100% near to it, 50% either"),
    "diverse": ("Many kinds", "0% one kind of music, 100% many; 50% keeps your likes' shares"),
}
GUARDS = {
    "opinions": "Disliked songs", "bans": "What you banned", "kinds": "Skits and speech",
    "seasons": "Out of season", "lengths": "Very long or short",
    "versions": "Second versions", "windows": "Artists again soon", "yesterday": "Shown yesterday",
}  # fmt: skip
AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True)
class SettingsState:
    """What the library keeps."""

    folders: int
    files: int
    guards: tuple[GuardState, ...]
    dials: Dials
    incognito: bool
    services: tuple[tuple[ServiceSpec, bool, str], ...]
    """Each music service, whether it is on, and how it stands in a sentence; never the key."""

    @classmethod
    def read(cls, musicrec: MusicRec) -> SettingsState:
        """As it is now."""
        status = musicrec.status()
        return cls(
            len(status.roots), status.files, musicrec.lists.guards(), musicrec.lists.own_dials(),
            musicrec.feedback.incognito,
            tuple((spec, *_account(musicrec, spec)) for spec in SERVICES),
        )  # fmt: skip


def _account(musicrec: MusicRec, spec: ServiceSpec) -> tuple[bool, str]:
    try:
        account = musicrec.services.account(spec.name)
    except MusicRecError as error:  # a damaged account is entered anew
        return False, str(error)
    if not account.on:
        wanted = f"an {spec.key}" if spec.needs_key else "your name there"
        return False, f"off: no connection is ever opened. Enter asks for {wanted}"
    whose = f" as {account.user}" if account.user else ""
    plays = f"; {count(account.listens, 'play')} taken" if account.listens else ""
    return True, f"asks {account.server}{whose}{plays}. Enter turns it off and forgets the key"


def all_settings(
    state: SettingsState, kept_out: Mapping[str, int], home: Path | None, theme: str
) -> list[Setting]:
    """The lines of the page. kept_out: songs by guard, where they were counted already."""
    preset = keys.preset(home)
    return [
        _folders(state),
        *_guards(state, kept_out),
        *_dials(state.dials),
        _incognito(state),
        *_services(state),
        *_look(home, theme, preset),
        *key_settings(keys.keymap(home), keys.PRESETS[preset]),
    ]  # fmt: skip


def _folders(state: SettingsState) -> Setting:
    shown = f"{count(state.folders, 'folder')}, {count(state.files, 'file')}"
    about = "enter opens Scan, where folders are added and forgotten"
    return Setting("folders", "", "Library", "Folders", "", shown, about)


def _guards(state: SettingsState, kept_out: Mapping[str, int]) -> list[Setting]:
    return [
        Setting(
            "guard", guard.name, "Kept out", GUARDS.get(guard.name, guard.name),
            "on" if guard.on else "off", _guard_shown(guard, kept_out.get(guard.name)),
            guard.about, ON_OFF, "on",
        )
        for guard in state.guards
    ]  # fmt: skip


def _guard_shown(guard: GuardState, songs: int | None) -> str:
    if songs is None:
        return "on" if guard.on else "off"
    many = count(songs, "song") if songs else "none"
    return f"on, keeps out {many}" if guard.on else f"off, lets in {many}"


def _dials(dials: Dials) -> list[Setting]:
    return [
        Setting(
            "dial", name, "For You", title, f"{getattr(dials, name):g}",
            f"{getattr(dials, name):.0%}", about, SHARES if name == "explore" else TENTHS,
            f"{getattr(Dials(), name):g}",
        )
        for name, (title, about) in DIALS.items()
    ]  # fmt: skip


def _incognito(state: SettingsState) -> Setting:
    value = "on" if state.incognito else "off"
    about = "while it is on, plays, skips and lists are not remembered"
    return Setting("incognito", "", "Privacy", "Incognito", value, value, about, ON_OFF, "off")


def _services(state: SettingsState) -> list[Setting]:
    return [
        Setting(
            "service", spec.name, spec.title, "Tags and plays" if spec.answers else "Plays",
            "on" if on else "off", "on" if on else "off", account,
        )
        for spec, on, account in state.services
    ]  # fmt: skip


def _look(home: Path | None, theme: str, preset: str) -> list[Setting]:
    player = settings.text(home, "player") or AUTOMATIC
    covers = settings.text(home, "covers") or AUTOMATIC
    names = (AUTOMATIC, *(spec.name for spec in PLAYERS))
    looks = tuple(one.name for one in themes.THEMES)
    return [
        Setting(
            "player", "", "Player", "Played by", player, player,
            "automatic takes the first that is found; another one plays from the next start on",
            names, AUTOMATIC,
        ),
        Setting(
            "theme", "", "Look", "Colours", theme, theme.removeprefix("musicrec-"),
            "[ and ] go through dark, light, contrast and the terminal's own sixteen",
            looks, themes.DARK.name,
        ),
        Setting(
            "covers", "", "Look", "Covers", covers, covers,
            "automatic goes by the terminal's name; kitty and sixel draw them sharp (extra covers)",
            (AUTOMATIC, *WAYS), AUTOMATIC,
        ),
        Setting(
            "preset", "", "Keys", "Keys as in", preset, preset,
            "those that people of another program know; your own, below, stay",
            tuple(keys.PRESETS), "musicrec",
        ),
    ]  # fmt: skip
