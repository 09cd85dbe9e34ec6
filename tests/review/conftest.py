"""The browser for all tests of the coach's pages."""

from review.browser import driver

__all__ = ["driver"]
