"""The outline plan, and each child's detailed plan."""
