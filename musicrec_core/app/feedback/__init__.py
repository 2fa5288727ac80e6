"""What a person said and did, and what of it counts."""
