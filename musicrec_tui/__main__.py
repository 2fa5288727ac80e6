"""`python -m musicrec_tui` is `musicrec`."""

from musicrec_tui.cli import main

main()
