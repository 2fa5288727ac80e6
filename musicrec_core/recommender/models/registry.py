"""Personal model versions on disk, one folder a profile, and which of them is in use.

A version is a pair of files (see taste/checkpoint.py). The bundled model is always there; when the
one in use cannot be trusted, it takes over, and `current` says so.
"""

from __future__ import annotations

import re
import shlex
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from musicrec_core.errors import ModelError
from musicrec_core.recommender.data.dataset import HALF_LIFE_DAYS
from musicrec_core.recommender.models import checkpoint, files
from musicrec_core.recommender.models.files import profile_folder
from musicrec_core.records import Metrics, ModelInfo

if TYPE_CHECKING:
    from musicrec_core.recommender.taste.forward import TasteNet

BUNDLED = "bundled"


class _OutdatedError(ModelError):
    """A version made for other ears or another map than those that ship now."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The models of one profile.

    folder: holds a folder for each profile. bundled: the weights that ship. made_for: names what
    personal models read: ears, map of culture, inputs; one made for others is set aside, since to
    it these would mean nothing.
    """

    folder: Path
    bundled: Path
    profile: str = "default"
    made_for: str = ""

    def list(self) -> tuple[ModelInfo, ...]:
        """Every version that can be described, the bundled one first, then by age."""
        found = [self._bundled_info()]
        for path in sorted(self._home.glob("p*.safetensors")):
            try:
                found.append(self._info(path))
            except ModelError:  # described when it is asked for by name
                continue
        wanted = self.current_version()
        return tuple(replace(info, current=info.version == wanted) for info in found)

    def show(self, version: str) -> ModelInfo:
        """One version. Raises ModelError when there is none of that name or it is damaged."""
        wanted = self.current_version()
        bundled = self._bundled_info()
        if version in (BUNDLED, bundled.version):
            return replace(bundled, current=wanted == bundled.version)
        return replace(self._info(self._path(version)), current=wanted == version)

    def current(self) -> tuple[TasteNet, ModelInfo, str | None]:
        """The model in use, what is known of it, and a warning if it had to be replaced."""
        warning = None
        try:
            chosen = self._chosen()
            if chosen is not None:
                path = self._path(chosen)
                self._check_fit(path)
                return checkpoint.load(path), replace(self._info(path), current=True), None
        except ModelError as error:
            trouble = self.trouble() or self._mend(error)
            warning = f"{trouble}; until then the bundled model is used"
        return checkpoint.load(self.bundled), self._current_bundled(), warning

    def current_info(self) -> ModelInfo:
        """What is known of the model in use, without reading its weights."""
        return self.show(self.current_version())

    def current_version(self) -> str:
        """The name of the model in use; it changes whenever another model's weights take over."""
        try:
            chosen = self._chosen()
            if chosen is not None:
                self._check_use(chosen)
                return chosen
        except ModelError:
            pass  # `trouble` says why
        return self._bundled_info().version

    def trouble(self) -> str | None:
        """Why the version chosen is not in use, and how to mend it; None where it is."""
        try:
            chosen = self._chosen()
        except ModelError as error:
            versions = (path.stem for path in self._home.glob("p*.safetensors"))
            usable = files.newest_usable(versions, self._check_use, BUNDLED)
            return f"{error}: `{self._use(usable)}` chooses a model anew"
        try:
            if chosen is not None:
                self._check_use(chosen)
        except _OutdatedError as error:
            return str(error)
        except ModelError as error:
            return self._mend(error)
        return None

    def damage(self) -> tuple[str, ...]:
        """What else is damaged, and what it costs: versions not in use, notes about drift."""
        found = []
        for path in sorted(self._home.glob("p*.safetensors")):
            try:
                self._info(path)
                checkpoint.verify(path)
            except ModelError as error:
                found.append(f"{error}: version {path.stem} cannot be used; move it away")
        try:
            self.noted(self.current_version())
        except ModelError as error:
            found.append(f"{error}: drift is not measured until the next `musicrec retrain`")
        return tuple(found)

    def settle(self) -> None:
        """Use the bundled model for good in place of an outdated one: nothing better was learnt."""
        try:
            chosen = self._chosen()
            if chosen is not None:
                self._check_fit(self._path(chosen))
        except _OutdatedError:
            self.use(BUNDLED)
        except ModelError:
            pass  # damaged, not outdated: what to use is the user's to say

    def bundled_net(self) -> TasteNet:
        """The model that ships. Raises ModelError."""
        return checkpoint.load(self.bundled)

    def add(
        self,
        net: TasteNet,
        *,
        trained_at: str,
        metrics: Metrics,
        reason: str,
        feedback: int,
        summary: dict[str, Any] | None = None,
    ) -> ModelInfo:
        """Keep a new version and use it from now on. `trained_at` is ISO 8601, UTC."""
        parent = self.current_version()
        version = f"p{self._next_number():04d}"
        checkpoint.save(
            net,
            self._home / f"{version}.safetensors",
            {
                "trained_at": trained_at,
                "metrics": asdict(metrics),
                "reason": reason,
                "feedback": feedback,
                "parent": parent,
                "summary": summary or {},
                "made_for": self.made_for,
            },
        )
        return self.use(version)

    def use(self, version: str) -> ModelInfo:
        """Use this version from now on. Raises ModelError when it is missing or damaged."""
        if version in (BUNDLED, self._bundled_info().version):
            checkpoint.load(self.bundled)
            files.choose(self._home, BUNDLED)
            return self._current_bundled()
        self._check_fit(self._path(version))
        checkpoint.load(self._path(version))
        files.choose(self._home, version)
        return self.show(version)

    def prunable(self, keep: int = 5) -> tuple[str, ...]:
        """All personal versions but the newest `keep` and the one in use, oldest first."""
        versions = sorted(path.stem for path in self._home.glob("p*.safetensors"))
        spared = {*versions[max(0, len(versions) - keep) :], self._chosen()}
        return tuple(version for version in versions if version not in spared)

    def prune(self, keep: int = 5) -> tuple[str, ...]:
        """Delete the prunable versions; what is known of an ancestor of a kept one stays."""
        gone = self.prunable(keep)
        kept = [p for p in self._home.glob("p*.safetensors") if p.stem not in gone]
        ancestors = {a for path in kept for a in self._ancestors(path.stem)}
        for version in gone:
            path = self._path(version)
            path.unlink()
            self._seen_path(version).unlink(missing_ok=True)
            if version not in ancestors:
                path.with_suffix(".json").unlink(missing_ok=True)
        return gone

    def note(self, version: str, seen: dict[str, Any]) -> None:
        """Remember what training looked at when it made a version, or found it still the best."""
        files.write(self._seen_path(version), seen)

    def noted(self, version: str) -> dict[str, Any] | None:
        """What `note` kept last, None where there is nothing. Raises ModelError for damage."""
        return files.read(self._seen_path(version))

    def _seen_path(self, version: str) -> Path:
        return self._home / f"{version}.seen.json"

    def _ancestors(self, version: str) -> tuple[str, ...]:
        """Parents, nearest first, as far as they are known."""
        line: tuple[str, ...] = ()
        while version not in line and re.fullmatch(r"p\d+", version):
            line += (version,)
            try:
                version = str(checkpoint.load_meta(self._home / f"{version}.safetensors")["parent"])
            except (ModelError, KeyError):
                break
        return line[1:]

    def _check_fit(self, path: Path) -> None:
        """Raise ModelError for a version that reads what other ears or another map said."""
        made_for = checkpoint.load_meta(path).get("made_for", "")
        if self.made_for and made_for != self.made_for:  # the first release did not say
            raise _OutdatedError(
                f"model {path.stem} was trained for an earlier version of musicrec and is set "
                "aside; `musicrec retrain` makes one for this version from your feedback"
            )

    @property
    def _home(self) -> Path:
        return self.folder / profile_folder(self.profile)

    def _path(self, version: str) -> Path:
        path = self._home / f"{version}.safetensors"
        if not re.fullmatch(r"p\d+", version) or not path.is_file():
            raise ModelError(
                f"there is no model version {version}: `musicrec models list` names all"
            )
        return path

    def _next_number(self) -> int:
        numbers = [int(p.stem[1:]) for p in self._home.glob("p*.*") if p.stem[1:].isdigit()]
        return max(numbers, default=0) + 1

    def _chosen(self) -> str | None:
        """The personal version chosen, None for the bundled one; raises ModelError for damage."""
        version = files.chosen(self._home)
        return None if version == BUNDLED else version

    def _check_use(self, version: str) -> None:
        """Raise ModelError unless a version can be used as it is; reads its bytes only."""
        path = self._path(version)
        self._check_fit(path)
        self._info(path)
        checkpoint.verify(path)

    def _mend(self, error: ModelError) -> str:
        return f"{error}; `{self._use(BUNDLED)}` chooses another, `musicrec retrain` learns one"

    def _use(self, version: str) -> str:
        """The command that chooses a version."""
        own = "" if self.profile == "default" else f" --profile {shlex.quote(self.profile)}"
        return f"musicrec models use {version}{own}"

    def _info(self, path: Path) -> ModelInfo:
        meta = checkpoint.load_meta(path)
        try:
            return ModelInfo(
                version=path.stem,
                kind="personal",
                trained_at=meta["trained_at"],
                current=False,
                parent=meta["parent"],
                feedback=int(meta["feedback"]),
                metrics=Metrics(**meta["metrics"]),
                reason=str(meta["reason"]),
                checksum=checkpoint.checksum(path),
                half_life_days=_half_life(meta.get("summary", {})),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{path.with_suffix('.json')} is damaged ({error})") from error

    def _bundled_info(self) -> ModelInfo:
        checksum = checkpoint.checksum(self.bundled)
        return ModelInfo(
            version=f"{BUNDLED}-{checksum[:8]}",
            kind="bundled",
            trained_at=None,
            current=False,
            checksum=checksum,
        )

    def _current_bundled(self) -> ModelInfo:
        return replace(self._bundled_info(), current=True)


def _half_life(summary: dict[str, Any]) -> float | None:
    days = summary.get("half_life_days", HALF_LIFE_DAYS)
    return None if days is None else float(days)
