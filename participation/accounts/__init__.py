"""Who people are: persons, credentials, sessions, one-time sign-in links."""
