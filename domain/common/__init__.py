"""What every feature shares: text folding, working days, office hours, secrecy marks."""
