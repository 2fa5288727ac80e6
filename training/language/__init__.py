"""How the bundled understanding of language is made."""
