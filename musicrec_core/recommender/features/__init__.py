"""What a model is told of a recording: its place relative to one person's history, and itself."""
