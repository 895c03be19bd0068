"""What a graded class is told and written as."""
