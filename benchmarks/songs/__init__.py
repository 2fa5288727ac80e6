"""Of one song: its key, versions, season and kind."""
