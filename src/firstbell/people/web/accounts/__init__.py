"""Who may sign in, in which roles and why: the pages of those who keep accounts."""
