"""What installations live through: a thousand kills, a locked database, hostile updates: `make faults`."""
