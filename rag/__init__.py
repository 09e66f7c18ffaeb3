"""The question's side: a question in, an answer with the articles' exact words out."""
