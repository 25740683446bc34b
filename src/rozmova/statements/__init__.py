"""What officials and institutions said, and about which contact."""
