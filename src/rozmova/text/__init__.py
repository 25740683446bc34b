"""From the characters of an article to sentences and tokens with their possible readings."""
