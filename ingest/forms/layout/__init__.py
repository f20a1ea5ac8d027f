"""What a form prints and where: rows of pieces, labels, header columns, parts, the beginning and end of each form."""
