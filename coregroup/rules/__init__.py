"""What the procedures say: pure functions and data. No Django, no clock, nothing but its own data."""
