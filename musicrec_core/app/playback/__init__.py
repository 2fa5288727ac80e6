"""What plays now, what comes next, and what listening says of a song."""
