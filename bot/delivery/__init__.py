"""Messages in and out: intake, courier, sender, pace, breaker, and the nudger that fills the outbox."""
