"""Tables that are taken away, as CSV, XLSX, JSON or a package of them: written piece by piece, with no model."""
