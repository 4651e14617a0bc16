"""Ad hoc requests: what is asked of whom by which hour."""
