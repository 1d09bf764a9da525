"""Reads files that people bring (Word, CSV, spreadsheets) into plain rows. Opens no record."""
