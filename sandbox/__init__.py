"""A Discord-compatible server on loopback with a page in the browser: try and test without an account."""

from sandbox.limits import Limits
from sandbox.people import Person
from sandbox.refusals import Refused
from sandbox.server import Sandbox
from sandbox.tour import Stop

__all__ = ["Limits", "Person", "Refused", "Sandbox", "Stop"]
