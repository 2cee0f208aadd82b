"""History: every change of every row, told in words, and brought back."""
