"""The only SQL: one SQLite file holds everything of the user's.

`Store` opens it; its parts (`files`, `analysis`, `feedback`, `scorings`, `search`) are one file
each. A store belongs to the thread that opened it; another thread opens its own.
"""

from musicrec_core.store.store import Store

__all__ = ["Store"]
