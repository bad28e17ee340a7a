"""The film page: its model, reader, writer and doctor. Text in, text out; no Discord, no SQL, no files."""
