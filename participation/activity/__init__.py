"""The internal event log and everything owed with its clock; append-only."""
