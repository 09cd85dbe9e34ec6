"""The browser for what is queued: it opens in the page of the coach."""

from review.browser import driver

__all__ = ["driver"]
