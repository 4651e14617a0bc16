"""One module a channel; nothing else in the house knows a messenger."""
