"""Rules over a finished Letter; each a small function from a Letter to problems."""
