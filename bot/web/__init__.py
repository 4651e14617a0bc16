"""Web pages: the coordinator's pages, the sandbox, health."""
