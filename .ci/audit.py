"""Looks installed packages up among those with known holes: exit status 1 where one has a hole, 0 where none has or nobody can be asked.

Usage: audit.py PIP_AUDIT SITE_PACKAGES
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

SECONDS = 120


def report(tool: str, place: str) -> list[dict[str, Any]] | str:
    """What pip-audit says of each package; or, as a text, why it says nothing."""
    command = [tool, "--path", place, "--format", "json", "--progress-spinner", "off", "--timeout", "15"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 - ours
        return list(json.loads(done.stdout)["dependencies"])
    except subprocess.TimeoutExpired:
        return f"no answer in {SECONDS} s"
    except (ValueError, KeyError):
        return (done.stderr.strip().splitlines() or ["it said nothing"])[-1][:200]


def main(tool: str, place: str) -> int:
    """Say what was found; the exit status."""
    found = report(tool, place)
    if isinstance(found, str):
        print(f"pip-audit: NOT looked up ({found})")
        return 0
    asked = [item for item in found if "skip_reason" not in item]
    holes = [(item, hole) for item in asked for hole in item["vulns"]]
    for item, hole in holes:
        mended = ", ".join(hole["fix_versions"]) or "no version yet"
        print(f"pip-audit: {item['name']} {item['version']}: {hole['id']}; mended in {mended}")
    left = f"; NOT looked up: {len(found) - len(asked)}, which the service does not know" if len(asked) < len(found) else ""
    print(f"pip-audit: {len(asked)} packages looked up, {len(holes)} known holes{left}")
    return bool(holes)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
