"""MusicRec, the one way in: what a front end may ask, one part a concern."""

from musicrec_core.app.context import checked_profile
from musicrec_core.app.facade.musicrec import MusicRec

__all__ = ["MusicRec", "checked_profile"]
