"""Rule-based parsing of English prompts, edit instructions and BDDL definitions into tasks."""
