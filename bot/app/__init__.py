"""The program: wiring, start and stop, the demo, checks, clock, logs."""
