"""Models: versions by keys."""

from __future__ import annotations

from musicrec_core.app.facade import MusicRec
from tests.conftest import Command
from tests.support.models import described
from tests.tui.screens import with_picks


async def test_the_versions_are_listed_and_the_one_in_use_is_marked(musicrec: Command) -> None:
    (only,) = musicrec.json("models", "list")["models"]
    async with with_picks(musicrec.home) as driven:
        await driven.press("9")
        await driven.shows(only["version"], "✓", "In use.")
        await driven.press("enter")
        await driven.until(lambda: "This version is in use" in driven.said)


async def test_another_version_is_used_after_a_question(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as core:
        registry = core._context.registry
        registry.add(registry.bundled(), described(feedback=10))
        versions = core.models.versions()
    at, other = next((i, v) for i, v in enumerate(versions) if not v.current)
    async with with_picks(musicrec.home) as driven:
        await driven.press("9")
        await driven.shows(other.version)
        await driven.press(*["j"] * at, *["g"] * (not at), "v")
        await driven.shows(f"Use {other.version} from now on?")
        await driven.press("y")
        await driven.until(lambda: musicrec.json("models", "show", other.version)["current"])
