"""The teacher's rules for Crafter on tools: from wood to diamonds."""

from math import inf

from coach_app.games.crafter.sight import Choice, Sight

FURNACE, TABLE = 4, 2
"""Stones for a furnace, and pieces of wood for a table."""
_FAR_TREE, _NEW_TABLE = 20.0, 6.0  # steps that an unknown tree, and the wood of a table, are worth


def craft(sight: Sight) -> Choice | None:
    """Make what can be made here."""
    if sight.at_hand("table"):
        wood, stone = sight.has("wood"), sight.has("stone")
        metal = sight.at_hand("furnace") and min(wood, sight.has("coal"), sight.has("iron"))
        for name, possible in (
            ("wood_pickaxe", wood),
            ("stone_pickaxe", wood and stone),
            ("iron_pickaxe", metal),
            ("wood_sword", wood),
            ("stone_sword", wood and stone),
            ("iron_sword", metal),
        ):
            if possible and not sight.has(name):
                return Choice(f"make {name.replace('_', ' ')}", f"make_{name}")
        if has_stone_tools(sight) and stone >= FURNACE and wants_furnace(sight):
            return place(sight, "furnace")
    return None


def has_stone_tools(sight: Sight) -> bool:
    return bool(sight.has("stone_pickaxe") and sight.has("stone_sword"))


def wants_furnace(sight: Sight) -> bool:
    """Whether there is none near, or none was ever made."""
    if sight.unlocked is not None and "place_furnace" not in sight.unlocked:
        return True
    return not sight.land.all("furnace")


def advance(sight: Sight) -> Choice | None:
    """The next thing on the way to the best tools."""
    has = sight.has
    if not has("wood_pickaxe") or not has("wood_sword"):
        return with_table(sight, 2 - has("wood_pickaxe") - has("wood_sword"))
    if not has("stone_pickaxe") or not has("stone_sword"):
        tools = 2 - has("stone_pickaxe") - has("stone_sword")
        if has("stone") < tools or (has("stone") < tools + FURNACE and sight.land.all("stone")):
            return stone(sight)
        return with_table(sight, tools)
    if has("stone") < 5 and (choice := stone(sight, 6)):
        return choice
    if has("iron_pickaxe") and (choice := sight.nearest("collect diamond", sight.land.all("diamond"))):
        return choice
    if not has("iron_pickaxe") or not has("iron_sword"):
        if has("iron") and has("coal"):
            return _smith(sight)
        if choice := sight.nearest("collect iron", sight.land.all("iron")):
            return choice
        if has("coal") < 2 and (choice := sight.nearest("collect coal", sight.land.all("coal"))):
            return choice
        if has("wood") < 4 and (choice := wood(sight, 8)):
            return choice
    return stone(sight, 4) if has("stone") < 9 else None


def with_table(sight: Sight, needed: int) -> Choice | None:
    """Get to a table with so much wood, to one that is known or to a new one, whatever is sooner."""
    has = sight.has("wood")
    cost, table = sight.ways.nearest(sight.land.all("table"))
    tree = min(sight.ways.nearest(sight.land.all("tree"))[0], _FAR_TREE) + 3
    old = cost + tree * max(0, needed - has)
    new = tree * max(0, needed + TABLE - has) + _NEW_TABLE
    if old <= new and not sight.at_end:
        return sight.toward("go to table", table) if has >= needed else wood(sight)
    return place(sight, "table") if has >= needed + TABLE else wood(sight)


def wood(sight: Sight, most: float = inf) -> Choice | None:
    return sight.nearest("collect wood", sight.land.all("tree"), most=most)


def stone(sight: Sight, most: float = inf) -> Choice | None:
    if not sight.has("wood_pickaxe"):
        return None
    fences = {near for square in sight.land.things("sapling") for near in sight.land.around(square)}
    return sight.nearest("collect stone", (each for each in sight.land.all("stone") if each not in fences), most=most)


def place(sight: Sight, what: str) -> Choice | None:
    """Put a table or a furnace onto the square ahead, or look where there is room."""
    if sight.at_end:
        return away_from_end(sight)
    if sight.land.free(sight.ahead):
        return Choice(f"place {what}", f"place_{what}", sight.ahead)
    solid = [each for each in sight.beside if not sight.land.free(each) and sight.ways.cost[each] < 5]
    for square in (sight.ahead, *solid, *sight.beside):
        if square in solid or sight.land.free(square):
            return Choice(f"place {what}", sight.onto(square), square)
    return None


def away_from_end(sight: Sight) -> Choice | None:
    """A step to where things can be made."""
    inwards = sight.land.here + 1 + sight.land.width
    cost, square = min((sight.ways.cost[each], each) for each in (inwards, inwards - 1, inwards - sight.land.width))
    return sight.step("explore", square, cost) if cost < inf else None


def _smith(sight: Sight) -> Choice | None:
    """A table and a furnace side by side, where there are none near."""
    has = sight.has
    table, furnace = sight.at_hand("table"), sight.at_hand("furnace")
    if has("wood") < 1:
        return wood(sight)
    if not table and not furnace and (choice := _workshop(sight)):
        return choice
    if not table:
        return with_table(sight, 1)
    if has("stone") < FURNACE:
        return stone(sight)
    return place(sight, "furnace")


def _workshop(sight: Sight) -> Choice | None:
    """Go where a table and a furnace are near each other."""
    width = sight.land.width
    for square in sight.land.all("furnace"):
        for table in sight.land.all("table"):
            if abs(square // width - table // width) <= 2 and abs(square % width - table % width) <= 2:
                spots = [
                    s
                    for y in (-1, 0, 1)
                    for x in (-1, 0, 1)
                    if sight.ways.cost[s := square + x + y * width] < inf
                    and abs(s // width - table // width) <= 1
                    and abs(s % width - table % width) <= 1
                    and s != sight.land.here
                ]
                if spots:
                    best = min(spots, key=lambda s: sight.ways.cost[s])
                    return sight.step("go to table", best, sight.ways.cost[best])
    return None
