"""From annotated papers and unlabelled abstracts to the models that ship: see docs/training.md."""
