"""What everything here learns from and is measured by."""
