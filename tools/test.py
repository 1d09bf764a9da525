"""Doorway of `make test`: checks the Python version before anything that an old one could not read."""

import python_version

python_version.demand()

if __name__ == "__main__":
    from steps import door, testing

    door.leave_by(testing.main)
