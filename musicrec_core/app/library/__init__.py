"""The files a person owns: scanned, read, listened to, browsed and found again."""
