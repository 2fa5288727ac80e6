"""What is on disk: finds audio files and reads what they say of themselves."""
