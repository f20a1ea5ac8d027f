"""Typesets the sample documents: figures and a layout in, a PDF or a converted text out."""
