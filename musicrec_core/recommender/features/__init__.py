"""The inputs of the taste model: relative to one person's history, and of the recording itself."""
