"""Ask: say in words what is wanted."""
