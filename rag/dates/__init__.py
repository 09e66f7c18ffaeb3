"""Dates in texts: as periods (`named`), as parts that are compared (`moments`), in words again."""
