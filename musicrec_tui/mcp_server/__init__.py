"""The same abilities for other programs' models, by the Model Context Protocol, over stdio."""
