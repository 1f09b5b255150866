"""What the organisation wrote: rules and tiers (policy), vendors and people (register)."""
