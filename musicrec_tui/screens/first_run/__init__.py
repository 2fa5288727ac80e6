"""What comes first, while there is no music yet."""
