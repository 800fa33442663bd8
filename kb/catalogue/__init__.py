"""The catalogue of questions: what stands in ``queries/``, checked against the model, with every alias understood."""
