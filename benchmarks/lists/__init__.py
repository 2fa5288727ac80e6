"""Whether lists do what they are asked for, and how long they take."""
