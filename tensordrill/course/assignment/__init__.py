"""What a teacher makes: an assignment, its secret, its questions, and who is in the class."""
