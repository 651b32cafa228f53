"""How the people of the bodies log in: password, second factor, limits, sessions, language."""
