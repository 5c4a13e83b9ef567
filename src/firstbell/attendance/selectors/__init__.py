"""Reads of the attendance room. Every one takes the viewer and answers only what the policy lets through."""
