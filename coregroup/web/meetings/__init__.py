"""Core group meetings: before, during, after, and the work between them."""
