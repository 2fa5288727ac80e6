"""One file a screen, a dialog or a view."""
