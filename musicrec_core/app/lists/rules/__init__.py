"""Rules that songs must fit: one small language, one parser, one evaluation over the library."""

from musicrec_core.app.lists.rules.match import matching
from musicrec_core.app.lists.rules.parse import parse

__all__ = ["matching", "parse"]
