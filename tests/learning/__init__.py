"""How the weights of domain/updates/learned.py are made from labelled lines: `make learn`."""
