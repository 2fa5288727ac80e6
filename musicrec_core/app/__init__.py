"""What a person can do with musicrec, one file a use case; `MusicRec` is the one way in."""
