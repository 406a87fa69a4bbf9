"""Sealed editions: the ledger, seals and corrections, verifying, bags, and their pages."""
