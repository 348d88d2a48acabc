"""Datasets: thousands of scenes made over Ray, resumable, described and checked."""
