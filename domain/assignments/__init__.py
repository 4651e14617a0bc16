"""What a unit owes by a date: states and the moves between them, items found by words, extensions."""
