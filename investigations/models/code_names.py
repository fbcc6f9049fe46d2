"""Code names: two random words that nothing about a source can be read from."""

import secrets

ADJECTIVES = """
    amber ancient autumn blue brave bright calm clear coastal copper crimson distant early easy even fair
    gentle golden granite green hidden hollow ivory late level little lone lunar mellow misty narrow
    northern olive open pale patient plain proud quiet rapid red rustic sandy silent silver simple slow
    small smooth soft solar southern steady still stone sunny swift tall tidal upper violet warm western
    white wide wild winter wooden yellow
""".split()
NOUNS = """
    anchor arch basin bay beacon bell birch bridge brook cabin canyon cedar cliff cloud compass coral cove
    creek delta dune elm falcon fern field fjord forest garden gate glacier grove harbor harvest heron
    hill island juniper lagoon lake lantern larch ledge lighthouse maple marsh meadow mesa mill mirror
    orchard otter pebble pier pine plateau pond prairie quarry reef ridge river saddle sail shore sparrow
    spring summit terrace thicket tower valley willow window
""".split()


def new_code_name() -> str:
    """A random two-word name, like “silver heron”."""
    return f"{secrets.choice(ADJECTIVES)} {secrets.choice(NOUNS)}"
