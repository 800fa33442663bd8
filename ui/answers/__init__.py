"""What pages read beside answers to questions: the panel of scores, the holdings of a version, how to cite."""
