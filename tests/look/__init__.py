"""How the public pages look and fit: in a real browser, with the demonstration register."""
