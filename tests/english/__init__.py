"""What a Chinese reader sees of pages, workbooks and labels has no English word."""
