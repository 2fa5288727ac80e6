"""Last.fm: the account, what is asked, and what its answers mean for the library."""
