"""What is declared of documents: reference lists."""
