"""What the `depeche` command does and prints; `rag.cli` reads its command line."""
