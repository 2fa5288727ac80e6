"""What a library and its lists are like, and whether either has drifted."""
