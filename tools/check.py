"""Doorway of `make check`: checks the Python version before anything that an old one could not read."""

import python_version

python_version.demand()

if __name__ == "__main__":
    from steps import checking, door

    door.leave_by(checking.main)
