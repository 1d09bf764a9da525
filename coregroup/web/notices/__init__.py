"""The start page, and what waits for a person."""
