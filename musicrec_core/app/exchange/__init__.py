"""Everything of the user's out as JSON lines and tables, and back in."""
