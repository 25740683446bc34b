"""What officials and institutions said."""
