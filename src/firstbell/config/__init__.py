"""The only room that knows all the others: settings, addresses, navigation, commands, wiring of events."""
