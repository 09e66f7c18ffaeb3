"""A turn that leans on the question before it, made complete (`completion`)."""
