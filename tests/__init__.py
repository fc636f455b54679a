"""Tests: real parts over real sockets and files; a fake only for the clock."""
