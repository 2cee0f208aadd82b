"""What the names and addresses of rows read that other nouns point to."""

AGENDA_ITEM_NEEDS = ("meeting", "parent")
PROVISION_NEEDS = ("instrument",)
