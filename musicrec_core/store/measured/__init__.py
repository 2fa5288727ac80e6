"""What was measured and computed of tracks: features, embeddings, scores."""
