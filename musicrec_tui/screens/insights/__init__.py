"""What this person likes, played and said."""
