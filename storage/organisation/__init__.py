"""SQL for units, people, seats, invites, absences, privacy and web sessions."""
