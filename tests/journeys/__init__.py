"""Journeys through the whole house in a real browser: one fact, entered once, seen wherever it decides."""
