"""HTML reports and SVG floor plans."""
