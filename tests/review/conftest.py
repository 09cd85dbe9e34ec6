"""The browser for all tests of the coach's pages."""

from review.browser import axe, driver

__all__ = ["axe", "driver"]
