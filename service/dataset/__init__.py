"""Datasets: generation over Ray, records, tables, cards and checks."""
