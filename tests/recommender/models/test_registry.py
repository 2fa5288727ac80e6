from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from musicrec_core.errors import ModelError
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.models.files import profile_folder
from musicrec_core.recommender.models.registry import Registry
from musicrec_core.recommender.models.taste_codec import taste_registry
from musicrec_core.recommender.taste.forward import Block, TasteNet
from tests.support.models import described


def net(bias: float) -> TasteNet:
    block = Block(
        np.arange(1),
        np.array([[0, 1]], np.float32),
        np.zeros((1, 3, 1), np.float32),
        (np.ones((2, 1, 1), np.float32),),
        (np.full((2, 1), bias, np.float32),),
    )
    return TasteNet(("a",), ("x",), (block,))


@pytest.fixture
def registry(tmp_path: Path) -> Registry[TasteNet]:
    bundled = tmp_path / "shipped" / "taste.safetensors"
    checkpoint.save(net(0.0), bundled)
    return taste_registry(tmp_path / "models", bundled, "anna")


def add(registry: Registry[TasteNet], bias: float) -> str:
    return registry.add(net(bias), described(feedback=20)).version


def bias_of(result: TasteNet) -> float:
    return float(result.blocks[0].biases[0][0, 0])


def test_the_bundled_model_is_in_use_at_first(registry: Registry[TasteNet]) -> None:
    model, info, warning = registry.current()
    assert (bias_of(model), info.kind, info.current, warning) == (0.0, "bundled", True, None)
    assert [i.version for i in registry.list()] == [registry.current_version()]


def test_an_added_version_is_used_and_can_be_rolled_back(registry: Registry[TasteNet]) -> None:
    first, second = add(registry, 1.0), add(registry, 2.0)
    assert bias_of(registry.current()[0]) == 2.0
    assert registry.show(second).parent == first
    registry.use(first)
    assert bias_of(registry.current()[0]) == 1.0
    assert [i.current for i in registry.list()] == [False, True, False]
    registry.use("bundled")
    assert bias_of(registry.current()[0]) == 0.0


def test_what_is_known_of_a_version_is_kept(registry: Registry[TasteNet]) -> None:
    info = registry.show(add(registry, 1.0))
    assert (info.feedback, info.metrics.auc, info.reason) == (20, 0.7, "It is better.")
    assert len(info.checksum) == 64


def test_a_tampered_version_is_refused_and_the_bundled_model_takes_over(
    registry: Registry[TasteNet],
) -> None:
    version = add(registry, 1.0)
    path = next(registry.home.rglob(f"{version}.safetensors"))
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    model, info, warning = registry.current()
    assert (bias_of(model), info.kind) == (0.0, "bundled")
    assert warning is not None
    assert "checksum" in warning
    assert registry.current_version() == info.version
    with pytest.raises(ModelError, match="checksum"):
        registry.use(version)


@pytest.mark.parametrize("name", ["p9999", "../p0001", "", "current"])
def test_a_version_that_is_not_there_is_a_clear_error(
    registry: Registry[TasteNet], name: str
) -> None:
    add(registry, 1.0)
    with pytest.raises(ModelError, match="no model version"):
        registry.show(name)


def test_profiles_do_not_share_models(registry: Registry[TasteNet], tmp_path: Path) -> None:
    add(registry, 1.0)
    other = taste_registry(tmp_path / "models", tmp_path / "shipped" / "taste.safetensors", "Anna")
    assert other.current()[1].kind == "bundled"


def test_every_profile_has_a_folder_of_its_own_that_is_safe() -> None:
    names = ["default", "Default", "a/b", "a_b", "..", "", "ä", "con" * 60]
    folders = [profile_folder(name) for name in names]
    assert len({f.lower() for f in folders}) == len(names)
    assert all("/" not in f and ".." not in f and f for f in folders)


def test_pruning_spares_the_newest_and_the_one_in_use(registry: Registry[TasteNet]) -> None:
    versions = [add(registry, float(i)) for i in range(4)]
    registry.use(versions[0])
    assert registry.prune(keep=2) == (versions[1],)
    assert bias_of(registry.current()[0]) == 0.0
    assert add(registry, 9.0) not in versions


def test_listing_survives_a_damaged_description(registry: Registry[TasteNet]) -> None:
    version = add(registry, 1.0)
    next(registry.home.rglob(f"{version}.json")).write_text("{", encoding="utf-8")
    assert [i.kind for i in registry.list()] == ["bundled"]
    assert registry.current()[2] is not None


def personal(registry: Registry[TasteNet]) -> Path:
    return registry.home


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'{"version": 5}', b"\xff\xfe", b"{}"])
def test_a_damaged_choice_is_told_with_its_mend_and_set_aside(
    registry: Registry[TasteNet], content: bytes
) -> None:
    version = add(registry, 1.0)
    choice = personal(registry) / "current.json"
    choice.write_bytes(content)
    model, info, warning = registry.current()
    assert (bias_of(model), info.kind) == (0.0, "bundled")
    assert f"{choice} is damaged" in str(warning)
    assert f"`musicrec models use {version} --profile anna`" in str(warning)
    assert choice.read_bytes() == content
    with pytest.raises(ModelError, match="damaged"):
        registry.prune(keep=0)  # it is not known which version must stay
    registry.use(version)
    assert registry.trouble() is None
    assert bias_of(registry.current()[0]) == 1.0
    assert choice.with_name("current.json.damaged").read_bytes() == content


def test_only_a_version_that_can_be_used_is_named_as_a_mend(registry: Registry[TasteNet]) -> None:
    first, second = add(registry, 1.0), add(registry, 2.0)
    for broken, named in (("current", second), (second, first), (first, "bundled")):
        (personal(registry) / f"{broken}.json").write_text("garbage")
        assert f"`musicrec models use {named} --profile anna`" in str(registry.trouble())
    registry.use("bundled")
    assert registry.trouble() is None


def test_every_damaged_choice_is_kept_apart(registry: Registry[TasteNet]) -> None:
    version = add(registry, 1.0)
    for content in ("one", "two"):
        (personal(registry) / "current.json").write_text(content)
        registry.use(version)
    kept = sorted(personal(registry).glob("current.json.damaged*"))
    assert [path.read_text() for path in kept] == ["one", "two"]


def test_damaged_notes_about_drift_are_told_and_set_aside(registry: Registry[TasteNet]) -> None:
    version = add(registry, 1.0)
    notes = personal(registry) / f"{version}.seen.json"
    registry.note(version, {"at_s": 1.0})
    assert registry.damage() == ()
    notes.write_text("{")
    (message,) = (damage.text for damage in registry.damage())
    assert f"{notes} is damaged" in message
    registry.note(version, {"at_s": 2.0})
    assert registry.noted(version) == {"at_s": 2.0}
    assert notes.with_name(f"{notes.name}.damaged").read_text() == "{"


def test_damage_to_a_version_that_is_not_in_use_is_told(registry: Registry[TasteNet]) -> None:
    version = add(registry, 1.0)
    registry.use("bundled")
    (personal(registry) / f"{version}.json").write_text("{")
    (message,) = (damage.text for damage in registry.damage())
    assert version in message
    assert registry.trouble() is None


def test_a_version_of_the_first_release_is_set_aside_until_a_training_settles_it(
    registry: Registry[TasteNet],
) -> None:
    version = add(registry, 1.0)  # it does not say what it was made for
    now = replace(registry, codec=replace(registry.codec, made_for=lambda: "the ears of today"))
    assert now.current()[1].kind == "bundled"
    assert "musicrec retrain" in str(now.trouble())
    now.settle()
    assert now.trouble() is None
    assert now.current()[1].kind == "bundled"
    registry.use(version)
    registry.settle()
    assert registry.current_version() == version  # nothing was wrong with it
