"""Jinja2 macros that show one thing each; every one of them stands in the gallery."""
