"""One small module per format: the bytes of one file -> what is written in it, nothing cleaned."""
