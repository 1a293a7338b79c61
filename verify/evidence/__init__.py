"""What is found out about a claim: verdicts, the routes of evidence in their order, and the run over many claims."""
