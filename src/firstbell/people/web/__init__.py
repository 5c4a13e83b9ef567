"""Pages about people: finding anyone, a student's record, and the registrar's acts."""
