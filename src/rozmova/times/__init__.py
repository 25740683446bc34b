"""When: time expressions found as the text has them, then resolved against the day of publication."""
