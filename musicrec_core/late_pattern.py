"""Regular expressions that are compiled when first used: start-up does not wait for them."""

from __future__ import annotations

import re
from typing import Any, cast


class _LatePattern:
    """Becomes the pattern bit by bit: each of its attributes is looked up once."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(self.pattern, self._flags), name)
        self.__dict__[name] = value
        return value


def late_pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, which raises re.error only at the first use then."""
    return cast("re.Pattern[str]", _LatePattern(text, flags))
