"""Rules of the exchange room: what a source's words are here, and what ours are elsewhere. Pure mappings."""
