"""Facts and findings as files to download."""
