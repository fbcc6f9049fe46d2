"""The admin: declarations, buttons that call publishing, findings shown."""
