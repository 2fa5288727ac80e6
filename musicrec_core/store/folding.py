"""One spelling for what people type in many: how text is compared and searched."""

from __future__ import annotations

import re
from unicodedata import combining, normalize


def fold(text: str) -> str:
    """Case, accents, punctuation and spacing folded away; a text of signs alone stays itself."""
    text = text.encode("utf-8", "replace").decode()  # file names and arguments may be of any bytes
    plain = "".join(c for c in normalize("NFKD", text.casefold()) if not combining(c))
    return " ".join(re.findall(r"[^\W_]+", plain)) or " ".join(text.casefold().split())
