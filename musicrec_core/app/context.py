"""What every use case leans on: the store, the models, the profile, the clock."""

from __future__ import annotations

import hashlib
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_core import paths
from musicrec_core.errors import MusicRecError
from musicrec_core.store import Store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.app.feedback.evidence import PlacedFeedback
    from musicrec_core.app.feedback.songs import SongFeedback
    from musicrec_core.app.scores.cache import Snapshot
    from musicrec_core.culture.map import CultureMap
    from musicrec_core.language.records import Chip
    from musicrec_core.language.understander import Understander
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.recommender.ears import Ears, PersonalEars
    from musicrec_core.recommender.models import Registry
    from musicrec_core.recommender.scoring import ScoringBasis
    from musicrec_core.recommender.taste import TasteNet
    from musicrec_core.store.measured.scorings import StoredScoring
    from musicrec_core.store.upgrade import OnUpgrade

LONGEST_PROFILE_NAME = 64


def checked_profile(name: str) -> str:
    """The name of a profile as it is. Raises MusicRecError where it cannot be one."""
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_PROFILE_NAME:
        shown = f"{name[:20]}..." if len(name) > LONGEST_PROFILE_NAME else name
        raise MusicRecError(
            f"a profile name is 1 to {LONGEST_PROFILE_NAME} printable characters, not {shown!r}"
        )
    return name


class Context:
    """Opened when first needed, so that each command pays only for what it uses."""

    def __init__(
        self, profile: str, home: Path | None, on_upgrade: OnUpgrade = lambda _: None
    ) -> None:
        self.profile = checked_profile(profile)
        self.home = home
        self._on_upgrade = on_upgrade
        self.snapshot: tuple[str, Snapshot] | None = None
        """The catalogue read last, and the stamp it had."""
        self.basis: tuple[str, ScoringBasis] | None = None
        """What the library was scored by last, and the stamp of those scores."""
        self.scored: StoredScoring | None = None
        """The scores that were read or made last."""
        self.provisional: StoredScoring | None = None
        """Scores that were brought up to date after an opinion and are in no store."""
        self.song_feedback: tuple[tuple[int, int], SongFeedback] | None = None
        """What was said by song, read last, and up to which event and change of the library."""
        self.placed_feedback: tuple[SongFeedback, Catalogue, PlacedFeedback] | None = None
        """The same by row of the catalogue read last."""
        self._ears: tuple[str | None, tuple[Ears | PersonalEars, str | None]] | None = None
        self.understander: Understander | None = None
        """What understands words, with the names of this library; read once."""
        self.chips_by_model: dict[str, Sequence[Chip] | None] = {}
        """Of utterances that a language model was to read: their constraints, None unanswered."""
        self.last_shown: tuple[int, ...] = ()
        """The list logged last, so that looking again at the same one is not logged again."""

    @cached_property
    def store(self) -> Store:
        """The database; raises StoreError."""
        return Store(paths.database(self.home), self._on_upgrade)

    @property
    def ears(self) -> Ears | PersonalEars:
        """The ears in use, here and in every other process; raises ModelError."""
        return self.ears_in_use()[0]

    def ears_in_use(self) -> tuple[Ears | PersonalEars, str | None]:
        """The ears in use, and a warning if the bundled ones had to take over."""
        version = self.ears_registry.current_version()
        if self._ears is None or self._ears[0] != version:
            ears, _, warning = self.ears_registry.current()
            self._ears = (version, (ears, warning))
        return self._ears[1]

    @cached_property
    def ears_registry(self) -> Registry[Ears | PersonalEars]:
        """The ears taught by this library; all profiles share them."""
        from musicrec_core.recommender.models import ears_registry

        return ears_registry(paths.personal_ears(self.home), lambda: self.bundled_ears)

    @cached_property
    def bundled_ears(self) -> Ears:
        """The ears that ship; raises ModelError."""
        from musicrec_core.recommender.ears import Ears

        return Ears.load(paths.bundled_models() / "ears.safetensors")

    @cached_property
    def culture(self) -> CultureMap:
        """The bundled map of artists and tags; raises ModelError."""
        from musicrec_core.culture.map import CultureMap

        return CultureMap.load(paths.bundled_models() / "culture.safetensors")

    @cached_property
    def registry(self) -> Registry[TasteNet]:
        """The taste models of this profile."""
        from musicrec_core.recommender.models import taste_registry

        folder = paths.personal_models(self.home)
        weights = paths.bundled_models() / "taste.safetensors"
        return taste_registry(folder, weights, self.profile, self._read_version)

    def _read_version(self) -> str:
        """Changes whenever what a taste model reads would mean something else to it."""
        from musicrec_core.recommender.features import INPUT_NAMES

        digest = hashlib.sha256("|".join(INPUT_NAMES).encode())
        for model in ("ears.safetensors", "culture.safetensors", "taste_prior.json"):
            try:
                digest.update((paths.bundled_models() / model).read_bytes())
            except OSError:
                return ""  # loading it says what is wrong
        return digest.hexdigest()[:16]

    @property
    def cache(self) -> Path:
        """The folder for what can be made again."""
        return paths.cache_dir(self.home)

    def fingerprint(self, model: str) -> str:
        """A bundled file by its size and time: notices an upgrade without loading anything."""
        try:
            status = (paths.bundled_models() / model).stat()
        except OSError:
            return "none"  # loading it says what is wrong
        return f"{status.st_size}-{status.st_mtime_ns}"

    def ears_stamp(self) -> str:
        """Changes whenever other ears are in use. Cheap: no model is loaded for it."""
        return f"{self.fingerprint('ears.safetensors')}+{self.ears_registry.current_version()}"

    def now_s(self) -> float:
        """Seconds since the epoch."""
        return time.time()

    def close(self) -> None:
        """Close what was opened."""
        if "store" in self.__dict__:
            self.store.close()
            del self.__dict__["store"]
