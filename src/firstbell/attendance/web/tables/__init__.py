"""Lists of the attendance pages: each column described once, for desk, phone and file."""
