"""How any page looks and behaves, whatever it talks about."""
