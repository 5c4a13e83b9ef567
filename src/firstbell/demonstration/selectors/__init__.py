"""What stands in this home: a demonstration, a real district, or nothing yet."""
