"""Pages for teachers: their templates, and the style sheet, script and policy of each."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import Template
from markupsafe import Markup

from tensordrill.course.sanitize import sanitize_line
from tensordrill.render import html


@cache
def template(name: str) -> Template:
    """Return the template of a page."""
    return html.environment(sanitize_line=sanitize_line, percent=percent).get_template(name)


def frame(*more_styles: Markup) -> dict[str, object]:
    """Return the style sheet and the script with the policy that allows these two and nothing else."""
    style = Markup().join([html.asset("report.css"), *more_styles])
    script = html.asset("report.js")
    policy = (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"style": style, "script": script, "policy": policy}


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def percent(share: float) -> str:
    """Return a share as whole percents."""
    return f"{100 * share:.0f}%"
