"""Bytes to Article: plain text and HTML."""
