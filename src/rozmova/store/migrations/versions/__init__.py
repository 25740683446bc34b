"""The migrations, one a version. They say what was true then, and take nothing from the rest of the program."""
