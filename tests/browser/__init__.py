"""Readers' pages and the desk in a real Chromium."""
