"""What the bridge reads: figures kept for everybody, narrowed to the viewer's schools."""
