"""The song that plays, at large."""
