"""The token by which the same form, sent twice, is saved once.

Made when a form is first drawn, sent back with it, kept when it is drawn again with errors; the verb takes it
in its own transaction (`once=form.once`).
"""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

FIELD = "once"
_TOKEN = re.compile(r"[0-9a-f]{32}")


def token(data: Any = None) -> str:
    """The token that came with the form's data, or a new one."""
    sent = data.get(FIELD, "") if data else ""
    return sent if _TOKEN.fullmatch(sent) else uuid4().hex
