"""What plays, what comes next, what played before."""
