"""What everything stands on; knows no page and no word of participation."""
