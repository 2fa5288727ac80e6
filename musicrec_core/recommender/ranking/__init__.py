"""From scores to a list worth showing."""
