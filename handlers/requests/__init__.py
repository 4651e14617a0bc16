"""Ad hoc requests and their roll-call."""
