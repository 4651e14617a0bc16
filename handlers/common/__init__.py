"""What every conversation shares: messages in and out, the context of a handler, wording, menus."""
