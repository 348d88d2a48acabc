"""HTTP service: a queue of jobs that generate scenes, and access to the scenes."""
