"""What people's templates, and those of rooms above, ask of this room."""
