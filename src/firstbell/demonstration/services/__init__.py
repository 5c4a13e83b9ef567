"""Writing the invented district down: through the doors that imports use, so that both take the same road."""
