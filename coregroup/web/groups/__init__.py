"""Core groups: the list, the group's own page, its face sheet, its meetings, its members, its opening."""
