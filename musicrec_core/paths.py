"""Every place on disk that musicrec uses, one function a place.

`MUSICREC_HOME` moves all of them into one folder, for tests and for portable use; a `home`
handed over does the same for one caller.
"""

from __future__ import annotations

import os
from pathlib import Path


def data_dir(home: Path | None = None) -> Path:
    """The folder that holds all that is the user's: database and personal models."""
    chosen = home or os.environ.get("MUSICREC_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    import platformdirs

    return Path(platformdirs.user_data_dir("musicrec", appauthor=False))


def database(home: Path | None = None) -> Path:
    """The one SQLite file."""
    return data_dir(home) / "musicrec.db"


def scan_lock(home: Path | None = None) -> Path:
    """Held by the one scan that runs."""
    return data_dir(home) / "scan.lock"


def cache_dir(home: Path | None = None) -> Path:
    """What can be made again at any time."""
    return data_dir(home) / "cache"


def personal_models(home: Path | None = None) -> Path:
    """Model versions trained on this machine."""
    return data_dir(home) / "models"


def personal_ears(home: Path | None = None) -> Path:
    """Ears taught by the library on this machine."""
    return data_dir(home) / "ears"


def service_account(service: str, home: Path | None = None) -> Path:
    """Who asks a music service, with the key where no keyring holds it; absent while off."""
    return data_dir(home) / f"{service}.json"


def llm_settings(home: Path | None = None) -> Path:
    """Which language model is asked; absent while none is."""
    return data_dir(home) / "llm.json"


def screen_settings(home: Path | None = None) -> Path:
    """What the screens remember, such as the theme."""
    return data_dir(home) / "screens.json"


def bundled_models() -> Path:
    """The weights that ship: beside the package in a checkout, inside it when installed."""
    installed = Path(__file__).parent / "models"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "models"


def demo_home() -> Path:
    """The demo's own home, so that its likes never mix with the user's."""
    return data_dir() / "demo"
