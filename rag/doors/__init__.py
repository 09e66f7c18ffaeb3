"""What `rag.server` joins into one application: the doors, and what stands in front of them."""
