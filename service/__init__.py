"""Assembly, Python API, command line, HTTP service, MCP server and dataset generation."""
