"""Pages of the exchange room: what was brought in, what waits for a decision, and a file to bring in."""
