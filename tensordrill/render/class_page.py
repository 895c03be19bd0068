"""What the pages for teachers share: the environment of their templates, style sheet, script, and policy."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from tensordrill.course.sanitize import sanitize_line
from tensordrill.render.html import prose

_TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> jinja2.Environment:
    """Return the environment that the templates are rendered in."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(prose=prose, sanitize_line=sanitize_line, percent=percent)
    return environment


def frame(more_style: str = "") -> dict[str, object]:
    """Return the style sheet and the script with the policy that allows these two and nothing else."""
    style, script = ((_TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    style += more_style
    policy = (
        f"default-src 'none'; style-src {_source(style)}; script-src {_source(script)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"style": Markup(style), "script": Markup(script), "policy": policy}  # noqa: S704 (our own files)


def _source(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def percent(share: float) -> str:
    """Return a share as whole percents."""
    return f"{100 * share:.0f}%"
