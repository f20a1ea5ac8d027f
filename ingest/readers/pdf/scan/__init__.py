"""Pages that are pictures: straightened, their ruled lines found, and what stands in each cell recognised."""
