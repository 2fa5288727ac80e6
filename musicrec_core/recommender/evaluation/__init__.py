"""Whether one scorer is better than another, on opinions that neither has seen."""
