"""What is on disk: roots, files, tracks, how they are found and what songs they are."""
