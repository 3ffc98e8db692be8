"""What a coach of BabyAI is taught."""
