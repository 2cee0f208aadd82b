"""REST: what the API of every noun shares."""
