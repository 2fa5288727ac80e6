"""What the map of artists and tags knows."""
