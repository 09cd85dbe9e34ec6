"""``python -m ressenti``: the command line."""

from ressenti.cli import main

if __name__ == "__main__":
    main()
