"""The coordinator's web pages: overview, plan, units, report, ledger. Rendered here, with little script."""
