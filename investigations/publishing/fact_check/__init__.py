"""The fact-check file: a story sentence by sentence with what it rests on, for counsel. docs/fact-check-file.md."""
