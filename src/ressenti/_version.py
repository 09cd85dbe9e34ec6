"""The version, alone in its file so that every room can name it without importing the front door."""

__version__ = "0.1.0"
