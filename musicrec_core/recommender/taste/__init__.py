"""What one person likes: inputs relative to their past, a network over them, reasons."""
