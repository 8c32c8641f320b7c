"""The published dossier in the formats of others: functions of a `Record`, and what each loses."""
