"""Data only: one TOML file a procedure. `coregroup.rules.book` reads them."""
