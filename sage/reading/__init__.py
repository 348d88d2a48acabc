"""Reading prompts: words, a lexicon, phrases, clauses, and what they mean. `sage.reader` is the way in."""
