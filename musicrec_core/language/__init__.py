"""Understanding what a person says to a music player: intents, slots and constraints in words."""
