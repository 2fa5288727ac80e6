"""Settings: what can be changed, each with what it does, in one list that is searched."""
