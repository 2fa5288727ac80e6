"""What a person says of songs, and what is nobody's business."""
