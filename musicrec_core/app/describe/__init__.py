"""Songs, and groups of them, in a few sentences; every claim stands on a stored value."""
