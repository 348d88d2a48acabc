"""The service: scenes over HTTP, made by jobs that survive."""
