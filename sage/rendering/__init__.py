"""Pictures of scenes, by one of three engines."""
