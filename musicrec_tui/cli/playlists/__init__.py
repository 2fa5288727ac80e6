"""playlist: named lists of songs, each change of which can be taken back."""

from musicrec_tui.cli.playlists import edit, files, guests, show
from musicrec_tui.cli.playlists.group import playlist

COMMANDS = (playlist,)

__all__ = ["COMMANDS", "edit", "files", "guests", "show"]
