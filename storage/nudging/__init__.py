"""SQL for manual nudges, digests, newcomers and the ledger of nudges."""
