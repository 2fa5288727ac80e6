"""Songs that could not be played: when the next one is tried, and when it is not the files."""

from __future__ import annotations

MOST_IN_A_ROW = 2


class Failures:
    """Counts them until a song plays."""

    def __init__(self) -> None:
        self._in_a_row = 0

    def over(self) -> None:
        """A song played, or a person chose one."""
        self._in_a_row = 0

    def another(self, what: str, *, no_output: bool) -> tuple[str, bool]:
        """(what to say, whether to try the next song)."""
        self._in_a_row += 1
        if self._in_a_row < MOST_IN_A_ROW:
            return f"{what}{' (no audio output)' if no_output else ''}", True
        if no_output:
            return "Playing stopped. There is no audio output here", False
        several = f"{self._in_a_row} songs in a row could not be played"
        why = "there is no audio output, or the files are gone or damaged"
        return f"Playing stopped. {several}: {why}", False
