"""Pages from templates: everything escaped that is not said to be markup, and nothing that a template names may lack."""

from __future__ import annotations

import base64
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


def environment(folder: Path) -> Environment:
    """The templates of a folder."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip


def policy_hash(text: str) -> str:
    """The SHA-256 of a style or a script as a Content-Security-Policy has it, after ``sha256-``."""
    return base64.b64encode(sha256(text.encode()).digest()).decode()
