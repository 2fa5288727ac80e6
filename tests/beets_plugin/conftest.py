"""A real beets library of ten songs, and `beet` as a process on it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import make_music
from tests.support import warm
from tests.support.shared import seal

PLUGIN_PATH = Path(__file__).parents[2] / "plugins" / "beets" / "beetsplug"

CONFIG = """\
directory: {music}
library: {base}/library.db
statefile: {base}/state.pickle
plugins: [recommend, smartplaylist, types]
pluginpath: [{plugin}]
import: {{copy: no, write: no, autotag: no, log: null}}
ui: {{color: no}}
{more}
"""


class Beet:
    """Runs `beet` as a process in a configuration folder and a musicrec home of its own."""

    def __init__(self, base: Path, music: Path) -> None:
        self.base = base
        self.music = music
        self.home = base / "home"
        self.environment = {
            **os.environ,
            "BEETSDIR": str(base),
            "MUSICREC_HOME": str(self.home),
            "HOME": str(base),
        }
        base.mkdir(exist_ok=True)
        self.configure()

    def configure(self, more: str = "") -> None:
        """Write config.yaml anew with further lines."""
        text = CONFIG.format(base=self.base, music=self.music, plugin=PLUGIN_PATH, more=more)
        (self.base / "config.yaml").write_text(text, encoding="utf-8")

    def __call__(
        self, *arguments: object, status: int = 0, typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        run = warm.run("beets", [*map(str, arguments)], self.environment, typed)
        assert run.returncode == status, (run.returncode, run.stdout, run.stderr)
        assert "Traceback" not in run.stderr
        return run

    def lines(self, *arguments: object) -> list[str]:
        """Standard output, one entry a line."""
        return self(*arguments).stdout.splitlines()

    def fails(self, *arguments: object) -> list[str]:
        """The lines on standard error of a command that must fail and print nothing else."""
        run = self(*arguments, status=1)
        assert run.stdout == ""
        return run.stderr.splitlines()


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Beet:
    """beets has imported ten songs, musicrec knows nothing yet. Sealed: copy it."""
    base = tmp_path_factory.mktemp("beets")
    beet = Beet(base / "config", make_music(base / "music"))
    beet("import", "-A", "-C", "-q", beet.music)
    seal(base)
    return beet


@pytest.fixture
def beet(imported: Beet, tmp_path: Path) -> Beet:
    """`beet` on a copy of the library; the music is sealed."""
    shutil.copytree(imported.base, tmp_path / "config")
    return Beet(tmp_path / "config", imported.music)


@pytest.fixture
def own_beet(imported: Beet, tmp_path: Path) -> Beet:
    """`beet` on a copy of the library and of its music."""
    shutil.copytree(imported.base, tmp_path / "config")
    shutil.copytree(imported.music, tmp_path / "music")
    return Beet(tmp_path / "config", tmp_path / "music")
