"""What is derived: tasks, losses, solutions, risks, the easy/hard mixture, and the named closed forms."""
