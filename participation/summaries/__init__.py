"""Summaries: themes, findings and what each rests on; the document a decision starts from.

Always true here: a finding has at least one source; every contribution of a published summary is a
source of a finding or listed with the reason why not; a published summary keeps its figures; a text
hidden afterwards is quoted no more.
"""
