"""What is declared of forms: the meaning of their labels."""
