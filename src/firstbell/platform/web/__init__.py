"""How a request becomes a viewer, and what every page owes: sign-in, a second factor, silence otherwise."""
