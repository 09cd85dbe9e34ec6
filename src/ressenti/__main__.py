"""The entry of the command line: ``ressenti`` and ``python -m ressenti``."""

import sys


def main() -> None:
    """Run the command; Ctrl-C ends it in one line even while it is still being imported, which takes longer than all that is here."""
    try:
        from ressenti.cli import main as command

        command()
    except KeyboardInterrupt:
        sys.stderr.write("ressenti: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
