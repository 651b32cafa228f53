"""Each rule of the REST guide of Belgif that the API keeps, by the name that the guide gives it."""
