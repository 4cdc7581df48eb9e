from ibis import _
from shouwang.department import State, entitled, measure, not_entitled, view


@view(shows={"turbidity": "浑浊度"})
def tested(water_tests):
    """The worst test of a person."""
    return water_tests.latest().group_by("person").agg(turbidity=_.turbidity.max())


@measure(code="A44", title="饮水安全保障", risks=[State.WATER], evidence=["验收单"])
def filter_for(person, tested, policy):
    """A filter where the water is unsafe."""
    if tested.turbidity > policy.turbidity_line:
        return entitled(policy.filter_price)
    return not_entitled("水质合格")
