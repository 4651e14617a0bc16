"""What every deed shares."""
