"""The running program: command line, wiring, channels, nudger, courier, web server."""
