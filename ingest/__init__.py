"""Reading disclosures: bytes → Document → matches → Extraction. Holds no database connection."""
