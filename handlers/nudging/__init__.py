"""The daily message, the digest, manual nudges, letters and the ledger."""
