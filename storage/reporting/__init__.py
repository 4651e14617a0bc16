"""SQL for status, reports, and the read models of the web pages."""
