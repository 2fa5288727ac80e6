"""Lists, and what is asked of songs beside them."""
