"""Access: how long a session lasts, how often somebody may try, how much hashing is too much."""
