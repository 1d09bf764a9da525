"""Doorway of the smaller commands: checks the Python version first of all."""

import python_version

python_version.demand()

if __name__ == "__main__":
    from steps import door, ready

    door.leave_by(ready.main)
