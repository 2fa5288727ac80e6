"""Units of time."""

DAY_S = 86_400
