"""Full-text search, the same on both engines: words, questions, excerpts, and the index behind them. No models."""
