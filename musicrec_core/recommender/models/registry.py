"""Model versions in a folder, and which of them is in use: taste and ears alike.

A version is a pair of files that a codec writes and reads. The bundled model is always there; when
the one in use cannot be trusted, it takes over, and `current` says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic

from musicrec_core.errors import ModelError
from musicrec_core.model_records import ModelInfo
from musicrec_core.recommender.models import files
from musicrec_core.recommender.models.codec import Codec, Model, OutdatedModelError


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with the files of a version, and what it costs."""

    version: str
    text: str


@dataclass(frozen=True, slots=True)
class Registry(Generic[Model]):
    """The versions in `home`. own: what `musicrec models use` needs besides a version's name."""

    home: Path
    codec: Codec[Model]
    own: str = ""

    def list(self) -> tuple[ModelInfo, ...]:
        """Every version that can be described, the bundled one first, then by age."""
        infos = [self.codec.bundled_info()]
        for path in self._paths():
            try:
                infos.append(self.codec.info(path))
            except ModelError:  # described when it is asked for by name
                continue
        current = self.current_version()
        return tuple(replace(info, current=info.version == current) for info in infos)

    def show(self, version: str) -> ModelInfo:
        """One version. Raises ModelError when there is none of that name or it is damaged."""
        current, bundled = self.current_version(), self.codec.bundled_info()
        info = bundled if self._is_bundled(version) else self.codec.info(self._path(version))
        return replace(info, current=info.version == current)

    def current(self) -> tuple[Model, ModelInfo, str | None]:
        """The model in use, what is known of it, and a warning if it had to be replaced."""
        warning = None
        try:
            chosen = self._chosen()
            if chosen is not None:
                path = self._path(chosen)
                self.codec.check_fit(path)
                return self.codec.load(path), replace(self.codec.info(path), current=True), None
        except ModelError as error:
            trouble = self.trouble() or self._mend(error)
            warning = f"{trouble}; until then musicrec uses the bundled {self.codec.called}"
        return self.codec.bundled(), replace(self.codec.bundled_info(), current=True), warning

    def warning(self) -> str | None:
        """What `current` warns of; nothing is read where the bundled model was chosen."""
        return None if self.chosen_version() == self.codec.bundled_name else self.current()[2]

    def chosen_version(self) -> str | None:
        """The name of the version that was chosen, usable or not; None where that is damaged."""
        try:
            return self._chosen() or self.codec.bundled_name
        except ModelError:
            return None

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
        return self.codec.bundled_info().version

    def trouble(self) -> str | None:
        """Why the version chosen is not in use, and how to mend it; None where it is."""
        try:
            chosen = self._chosen()
        except ModelError as error:
            usable = files.newest_usable(
                (path.stem for path in self._paths()), self._check_use, self.codec.bundled_name
            )
            return f"{error}: `{self._use(usable)}` chooses {self.codec.called} anew"
        try:
            if chosen is not None:
                self._check_use(chosen)
        except OutdatedModelError as error:
            return str(error)
        except ModelError as error:
            return self._mend(error)
        return None

    def damage(self) -> tuple[Damage, ...]:
        """What else is damaged, and what it costs: versions not in use, notes about drift."""
        damaged = []
        for path in self._paths():
            try:
                self.codec.info(path)
                self.codec.verify(path)
            except ModelError as error:
                text = f"{error}: version {path.stem} cannot be used; move it away"
                damaged.append(Damage(path.stem, text))
        current = self.current_version()
        try:
            self.noted(current)
        except ModelError as error:
            text = f"{error}: drift is not measured until the next `{self.codec.relearn}`"
            damaged.append(Damage(current, text))
        return tuple(damaged)

    def settle(self) -> None:
        """Use the bundled model for good in place of an outdated one: nothing better was learnt."""
        try:
            chosen = self._chosen()
            if chosen is not None:
                self.codec.check_fit(self._path(chosen))
        except OutdatedModelError:
            self.use(self.codec.bundled_name)
        except ModelError:
            pass  # damaged, not outdated: what to use is the user's to say

    def bundled(self) -> Model:
        """The model that ships. Raises ModelError."""
        return self.codec.bundled()

    def add(self, model: Model, meta: Mapping[str, Any]) -> ModelInfo:
        """Keep a new version, with what is to be remembered of it, and use it from now on."""
        version = f"{self.codec.prefix}{self._next_number():04d}"
        described = {"parent": self._parent(), **meta}
        self.codec.save(model, self._at(version), described)
        return self.use(version)

    def use(self, version: str) -> ModelInfo:
        """Use this version from now on. Raises ModelError when it is missing or damaged."""
        if self._is_bundled(version):
            self.codec.bundled()
            files.choose(self.home, self.codec.bundled_name)
            return replace(self.codec.bundled_info(), current=True)
        path = self._path(version)
        self.codec.check_fit(path)
        self.codec.load(path)
        files.choose(self.home, version)
        return self.show(version)

    def prunable(self, keep: int = 5) -> tuple[str, ...]:
        """All personal versions but the newest `keep` and the one in use, oldest first."""
        versions = [path.stem for path in self._paths()]
        spared = {*versions[max(0, len(versions) - keep) :], self._chosen()}
        return tuple(version for version in versions if version not in spared)

    def prune(self, keep: int = 5) -> tuple[str, ...]:
        """Delete the prunable versions; what is known of an ancestor of a kept one stays."""
        gone = self.prunable(keep)
        staying = [path.stem for path in self._paths() if path.stem not in gone]
        ancestors = {ancestor for version in staying for ancestor in self._ancestors(version)}
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

    def holds(self, version: str) -> bool:
        """Whether a name is one that these versions have, there or not."""
        return self._is_bundled(version) or self._is_name(version)

    def _is_bundled(self, version: str) -> bool:
        return version in (self.codec.bundled_name, self.codec.bundled_info().version)

    def _is_name(self, version: str) -> bool:
        return re.fullmatch(rf"{re.escape(self.codec.prefix)}\d+", version) is not None

    def _paths(self) -> tuple[Path, ...]:
        """The weights of every personal version, oldest first."""
        pattern = f"{self.codec.prefix}*.safetensors"
        paths = (path for path in self.home.glob(pattern) if self._is_name(path.stem))
        return tuple(sorted(paths))

    def _at(self, version: str) -> Path:
        return self.home / f"{version}.safetensors"

    def _path(self, version: str) -> Path:
        path = self._at(version)
        if not self._is_name(version) or not path.is_file():
            raise ModelError(
                f"there is no model version {version}: `musicrec models list` names all"
            )
        return path

    def _seen_path(self, version: str) -> Path:
        return self.home / f"{version}.seen.json"

    def _parent(self) -> str:
        current = self.current_version()
        return current if self._is_name(current) else self.codec.bundled_info().version

    def _ancestors(self, version: str) -> tuple[str, ...]:
        """Parents, nearest first, as far as they are known."""
        line: tuple[str, ...] = ()
        while version not in line and self._is_name(version):
            line += (version,)
            try:
                version = str(self.codec.meta(self._at(version))["parent"])
            except (ModelError, KeyError):
                break
        return line[1:]

    def _next_number(self) -> int:
        skip = len(self.codec.prefix)
        stems = (path.stem[skip:] for path in self.home.glob(f"{self.codec.prefix}*.*"))
        return max((int(stem) for stem in stems if stem.isdigit()), default=0) + 1

    def _chosen(self) -> str | None:
        """The personal version chosen, None for the bundled one; raises ModelError for damage."""
        version = files.chosen(self.home)
        return None if version == self.codec.bundled_name else version

    def _check_use(self, version: str) -> None:
        """Raise ModelError unless a version can be used as it is; reads its bytes only."""
        path = self._path(version)
        self.codec.check_fit(path)
        self.codec.info(path)
        self.codec.verify(path)

    def _mend(self, error: ModelError) -> str:
        bundled = self._use(self.codec.bundled_name)
        return f"{error}; `{bundled}` chooses another, `{self.codec.relearn}` learns one"

    def _use(self, version: str) -> str:
        """The command that chooses a version."""
        return f"musicrec models use {version}{self.own}"
