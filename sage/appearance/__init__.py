"""Surface patterns, texture maps, and the exchange of an asset's materials."""
