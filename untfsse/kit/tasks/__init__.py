"""Tasks: work that no page waits for, kept in the database until a worker has done it."""
