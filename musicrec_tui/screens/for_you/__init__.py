"""For You: the picks, worked through from the top."""
