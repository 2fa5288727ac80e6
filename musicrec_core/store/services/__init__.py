"""What music services answered, and what was listened to there."""
