"""Reports as PDFs, and yearbooks of them."""
