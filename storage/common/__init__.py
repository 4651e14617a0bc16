"""Tables that every feature shares: incoming messages, dialogs, the outbox, the audit log."""
