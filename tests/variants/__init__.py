"""The accounts of one synthetic department in some 460 layouts, PDF and text, each compared with its figures."""
