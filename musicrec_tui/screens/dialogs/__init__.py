"""What opens above a page and closes with esc."""
