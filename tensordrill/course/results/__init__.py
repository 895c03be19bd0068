"""Results of a graded class: gradebook, feedback, analysis and exports."""
