"""Playlists and saved lists beside their songs."""
