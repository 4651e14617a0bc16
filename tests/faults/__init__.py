"""A program that is killed a thousand times over simulated years: `make faults`."""
