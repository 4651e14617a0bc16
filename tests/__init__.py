"""The suite mirrors the packages; tests/e2e drives the whole program from outside."""
