"""What: contacts found by the valency frames of the language data, their fields filled, one record per real contact."""
