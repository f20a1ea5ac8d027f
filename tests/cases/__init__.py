"""The small inputs with the right answer that lie beside the corpus, held against their answers."""
