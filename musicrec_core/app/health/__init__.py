"""Whether all is well, and how to mend what is not."""
