"""Parts of screens: they are handed what they show, and announce by messages."""
