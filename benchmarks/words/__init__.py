"""Whether words, seeds and likes bring the music that they ask for."""
