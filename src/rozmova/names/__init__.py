"""Who and where: names of people, offices, states, organisations and places, found, put together and resolved."""
