"""What the product knows of each language, as data: one folder a language, examples beside every file."""
