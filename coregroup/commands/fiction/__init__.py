"""Fictional authorities and families, told through the verbs that everybody uses. Nobody in them is real."""
