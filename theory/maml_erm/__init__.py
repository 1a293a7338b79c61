"""When MAML outperforms ERM: easy and hard linear-regression tasks, from the definitions to the claims."""
