"""The steps behind `make run`, `make test` and `make check`; standard library only, Python 3.11."""
