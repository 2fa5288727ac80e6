"""How long sound is, by headers that can be believed and by packets."""
