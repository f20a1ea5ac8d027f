"""Old Word files and RTF, which LibreOffice turns into .docx where it is installed → Document.

A confined reader may start nothing and write nothing: there the file is read that was made before.
"""
