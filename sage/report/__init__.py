"""HTML reports and floor plans."""
