"""Doorway of `make prove`: checks the Python version before anything that an old one could not read."""

import python_version

python_version.demand()

if __name__ == "__main__":
    from steps import door, proving

    door.leave_by(proving.main)
