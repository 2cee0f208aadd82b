"""Pages: what lists, threads, feeds and previews share."""
