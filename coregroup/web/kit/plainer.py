"""Answers a page's script while somebody types: which words a parent may stumble over (R79).

A text field with `plainer=True` is looked at by `assets/js/plainer.js`. Nothing of what is sent is kept, and
nothing is ever refused: without the script the same advice stands at the field when the form is drawn again.
"""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from coregroup.casefile.plain_words import language
from coregroup.rules.jargon import as_data, findings, once_each

LONGEST = 20_000


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """JSON {text} in, {findings: [{word, means, instead, start, end}]} out, each word once. 400 for else."""
    try:
        text = json.loads(request.body)["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return JsonResponse({}, status=400)
    if not isinstance(text, str) or len(text) > LONGEST:
        return JsonResponse({}, status=400)
    found = once_each(findings(text, language()))
    return JsonResponse(as_data({"findings": found}))
