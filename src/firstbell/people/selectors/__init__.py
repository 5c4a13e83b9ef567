"""Reads of the people room. Every one takes the viewer and answers only what the policy lets through."""
