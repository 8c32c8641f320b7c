"""A local authority publishes the AI projects it considers, hears its residents, and answers them.

One folder is one word of the glossary and holds all of it. Domains stand on one another in one order
(foundation, web, accounts, collectivities, activity, projects, consultations, contributions, moderation,
summaries, decisions, notifications, privacy); pages look at everything, and nothing imports a page but `app`.
"""
