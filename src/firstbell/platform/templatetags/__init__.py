"""What templates of every room may write: ``{% load firstbell %}``."""
