"""Reports of errors: what readers find wrong on a page, in a queue for the secretariat."""
