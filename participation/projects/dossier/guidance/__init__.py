"""What the AI Act and French law say of a project, computed from answers: an indication, never legal advice.

`questions` and `checklists` say what is asked, `law` what the texts say and how sure we are of it, `rules`
what follows. All are data and pure functions: no database, no request, no clock.
"""
