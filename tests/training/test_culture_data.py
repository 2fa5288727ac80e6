"""What is read of the listening data."""

from training.culture_data import repaired


def test_mojibake_is_repaired_and_nothing_else() -> None:
    assert repaired("BallakÃ© Sissoko") == "Ballaké Sissoko"
    for whole in ("Beyoncé", "OSKÃO", "嵐", "Metallica"):
        assert repaired(whole) == whole
