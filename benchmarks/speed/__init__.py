"""What a command costs, and how that grows with the library."""
