"""musicrec_tui: what a person types and sees."""
