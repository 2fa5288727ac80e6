"""Library: every song, in an order or by words."""
