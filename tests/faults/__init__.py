"""What installations live through: faults at random on both engines, hostile updates: `make faults`."""
