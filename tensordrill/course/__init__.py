"""Class work: a bank becomes an assignment, hand-outs become submissions, submissions a gradebook."""
