"""Routes: each looks for one kind of evidence and returns it, or None where it does not apply."""
