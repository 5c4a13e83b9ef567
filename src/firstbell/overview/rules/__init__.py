"""When a figure is out of the ordinary."""
