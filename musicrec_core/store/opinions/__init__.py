"""What a person said: feedback, ratings in files, bans and what guards go by."""
