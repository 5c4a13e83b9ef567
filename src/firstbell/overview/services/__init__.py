"""What the overview room does by the clock."""
