"""Who is where and what has been done: status, summary queries, kinds of reports, counted results."""
