"""The screens of the profile that is named, for one tab; the server starts it."""

import sys

from musicrec_core.errors import MusicRecError
from musicrec_tui.application import run

try:
    run(sys.argv[1])
except MusicRecError as error:
    sys.exit(f"musicrec: {error}")
