"""The AI charter of a collectivity: the articles it holds itself to, published as whole versions.

Not to be taken for the rules of moderation (`participation.moderation.charter`), which bind those who write
on the site. This one binds the collectivity; its projects say article by article whether they comply.
"""
