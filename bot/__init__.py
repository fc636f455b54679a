"""Trellis: holds a peer-support group between its meetings. Composition, services, domain and content."""

__version__ = "0.1.0"
