"""Forms: fields and boxes of the back office, and what people put into them."""
