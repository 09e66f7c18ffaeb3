"""The article's side: files in, a library of passages out; nothing here knows of questions."""
