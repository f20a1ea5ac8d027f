"""From extractions to rows: one transaction per document, or a bulk load into an empty warehouse."""
