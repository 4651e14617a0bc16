"""What a message does: one module a conversation, one async function a command, channel-neutral."""
