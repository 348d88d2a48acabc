"""Asset sources: parametric families, materials and knowledge."""
