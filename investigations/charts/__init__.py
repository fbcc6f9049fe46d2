"""Numbers and spans to the geometry of pictures, a file a kind. Pure: no words of the record are known here."""
