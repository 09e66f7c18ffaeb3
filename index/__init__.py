"""The article's side: files in, a library of passages out. Nothing here knows that questions exist."""
