"""Where objects come from: parametric families, materials and knowledge."""
