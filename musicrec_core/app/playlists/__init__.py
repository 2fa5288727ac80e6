"""Playlists: named lists in an order, every change of which can be taken back."""
