"""What is shown, in which order, and why."""
