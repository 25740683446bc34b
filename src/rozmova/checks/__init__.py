"""Checks of the language data: its examples run through the product's own steps, and the linter."""
