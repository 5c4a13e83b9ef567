"""What the exchange room does: reads sources, applies deliveries, writes packages. One verb a file."""
