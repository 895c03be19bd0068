"""What torch did, step by step, as data: steps, the pictures of their memory and shapes, and reasons."""
