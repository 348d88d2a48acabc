"""What people write: prompts, edits and BDDL, read into tasks."""
