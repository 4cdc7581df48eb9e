"""The cases of plans that officials can read (A-01, A-08)."""

from datetime import date

import pytest
from shouwang.decision import Decision
from shouwang.testing.cases import case_params

from services.assistance.domain.planning import again, compose, once, proposals, rights, rules
from services.assistance.domain.tasks import parts
from services.assistance.domain.tasks import task as tasks
from tests.services.assistance.reading import (
    CASES,
    POLICY,
    REGION,
    WORDS,
    YES_NO,
    fen,
    risk,
    said,
    sound,
    yuan_text,
)

DECIDES = (rules, rights, compose, proposals, again, once)
TELLING = ("able_ground", "_words", "_yes_no", "word_of")
FOLDER = CASES / "planning"
DAY = date(2021, 8, 20)
STATES = {label: state for state, label in tasks.STATUS_LABELS.items()}
VERDICTS = {"是": "yes", "否": "no", "不详": "unknown"}


def view_of(case):
    return POLICY.at(case.as_of or DAY, REGION)


def offer(given):
    code = given["代码"]
    return {
        "department": given["部门"],
        "measure": code,
        "title": code,
        "risks": [risk(one) for one in given["对应"]],
        "eligible": {"是": "yes", "否": "no", "不详": "unknown"}[given["符合"]],
        "amount_fen": fen(given.get("金额")),
        "receiving": YES_NO[given.get("正在享受", "不详")],
        "condition": given.get("条件", ""),
    }


def household(given):
    return compose.Household(
        tuple(risk(one) for one in given["风险"]),
        YES_NO[given["劳动能力"]],
        tuple(given.get("本年已有", [])),
        tuple(risk(one) for one in given.get("已选措施的风险", [])),
        tuple(risk(one) for one in given.get("已有保障的风险", [])),
    )


@pytest.mark.parametrize(
    "case",
    [
        *(
            one
            for one in case_params(FOLDER, rule="A-01")
            if "风险" in one.values[0].given and "措施" in one.values[0].given
        ),
        *case_params(FOLDER, rule="A-08"),
    ],
)
def test_plan(case):
    given = case.given_of("风险", "劳动能力", "措施", "本年已有", "已选措施的风险", "已有保障的风险")
    made = compose.compose(household(given), [offer(one) for one in given["措施"]], view_of(case))
    decided = {one["about"]: sound(Decision.from_dict(one["decision"])) for one in made["decisions"]}
    found = {
        "类型": {"single": "单项措施", "combined": "综合施策"}[made["kind"]],
        "安排": sorted(f"{one['department']}/{one['measure']}" for one in made["measures"]),
        "无人覆盖": [rules.word_of(one) for one in made["uncovered"]],
        "待认定": [f"{one['department']}/{one['measure']}" for one in made["unknown"]],
        "应享": decided["guarantees"].value,
        "应享依据": {one.label: one.text for one in decided["guarantees"].grounds if one.name != rights.LEFT},
        "应享结论": decided["guarantees"].conclusion_text,
        "不重复": [
            key
            for ground in decided["guarantees"].grounds
            if ground.name == rights.LEFT
            for key in ground.value
        ],
    }
    if "safety_net" in decided:
        found |= {"兜底": WORDS[decided["safety_net"].verdict], "兜底措施": decided["safety_net"].value}
    for asked in household(given).risks:
        if asked in decided:
            found[f"{rules.word_of(asked)}的选择"] = WORDS[decided[asked].verdict]
            found[f"{rules.word_of(asked)}的结论"] = decided[asked].conclusion_text
    case.check(found | first_of(given) | {"类型结论": decided["plan"].conclusion_text})


def first_of(given):
    """What is said of the first measure: for nothing or not, twice or not, under what condition."""
    one = rules.Offer.of(offer(given["措施"][0]))
    earned, once = rules.conditional(one), rules.not_held(one, tuple(given.get("本年已有", [])))
    said_of = [sound(earned).conclusion_text, sound(once).conclusion_text]
    return {"首项结论": said_of, "首项条件": earned.grounds[2].text}


@pytest.mark.parametrize(
    "case", [one for one in case_params(FOLDER, rule="A-01") if "内生动力不足" in one.values[0].given]
)
def test_will(case):
    given = case.given_of("内生动力不足")
    decision = sound(rules.needs_encouragement(said(YES_NO[given["内生动力不足"]], "内生动力")))
    case.check({"扶志扶智": WORDS[decision.verdict]})


@pytest.mark.parametrize(
    "case", [one for one in case_params(FOLDER, rule="A-01") if "对应" in one.values[0].given]
)
def test_asked(case):
    given = case.given_of("部门", "代码", "对应", "风险", "劳动能力")
    measure = {"code": given["代码"], "risks": [risk(one) for one in given["对应"]]}
    risks = [risk(one) for one in given["风险"]]
    able, department = YES_NO[given["劳动能力"]], given.get("部门", "部门")
    asked = rights.concerns(department, measure, risks, able, view_of(case))
    case.check({"问": "是" if asked else "否"})


def a_task(given, number):
    """A task as a plan keeps it, from the words of a case."""
    delivered, disputed = ({"on": str(given[name])} if name in given else None for name in ("落实", "异议"))
    late = [{"what": parts.AFTER_END, "on": str(given["终止后落实"])}] if "终止后落实" in given else []
    raised = {"what": "changed", "after": {"amount_fen": 1}, "on": str(given.get("改金额"))}
    late += [raised] if "改金额" in given else []
    told = {"department": given["部门"], "measure": given["代码"], "status": STATES[given["状态"]]}
    told |= {"id": str(number), "delivered": delivered, "changes": late}
    told |= {"disputed": [disputed] if disputed else []}
    told |= {"assigned_on": str(given.get("派单", "2021-01-01"))}
    return told | {"replaced_by": str(given["接替"]) if "接替" in given else None}


def having(key):
    return [one for one in case_params(FOLDER, rule="A-01") if key in one.values[0].given]


def answered(given, department="部门"):
    plain = {"department": department, "measure": given["代码"], "amount_fen": fen(given.get("金额"))}
    told = {"eligible": VERDICTS[given["符合"]], "receiving": YES_NO[given.get("正在享受", "不详")]}
    return plain | told | {"reason": given.get("理由", "")}


def task(given):
    """A task of which the amount does not matter."""
    return a_task(given, 1) | {"amount_fen": None}


@pytest.mark.parametrize("case", having("原答复"))
def test_news_of_an_answer(case):
    given = case.given_of("原答复", "新答复")
    before, now = ([answered(one) for one in given[name]] for name in ("原答复", "新答复"))
    case.check({"没有变化": "是" if again.says_the_same(before, now) else "否"})


@pytest.mark.parametrize("case", [one for one in having("已有任务") if "新答复" not in one.values[0].given])
def test_still_owed(case):
    given = case.given_of("部门", "代码", "已有任务")
    proposal, standing = task({**given, "状态": "待落实"}), [task(one) for one in given["已有任务"]]
    case.check({"本部门待落实": "是" if again.still_owed(proposal, standing) else "否"})


@pytest.mark.parametrize("case", [one for one in having("已有任务") if "新答复" in one.values[0].given])
def test_worth_of_an_open_task(case):
    given = case.given_of("部门", "代码", "已有任务", "新答复", "任务金额", "有争议", "人改过", "部门改过")
    (standing,) = [task(one) for one in given["已有任务"]]
    standing |= {"amount_fen": fen(given.get("任务金额"))}
    standing |= {"disputed": [{}] if given.get("有争议") == "是" else []}
    changed = [("人", name) for name in given.get("人改过", [])]
    changed += [(given["部门"], name) for name in given.get("部门改过", [])]
    standing |= {"changes": [{}, *({"by": by, "after": {name: 1}} for by, name in changed)]}
    worth = again.worth_more(standing, [answered(one, given["部门"]) for one in given["新答复"]])
    case.check({"任务金额改为": "不改" if worth is None else yuan_text(worth)})


@pytest.mark.parametrize("case", having("原决定"))
def test_what_is_recorded(case):
    given = case.given_of("原决定", "新决定", "新任务")
    plain = {"rule": "A-01.due", "version": 1, "value": None, "conclusion": ""}
    before, made = (
        [{"about": one["关于"], "decision": plain | {"verdict": one["结论"]}} for one in given[name]]
        for name in ("原决定", "新决定")
    )
    found = again.news(before, made, [task(one) for one in given.get("新任务", [])])
    case.check({"要记的": [one["about"] for one in found]})


@pytest.mark.parametrize("case", having("此前"))
def test_held(case):
    given = case.given_of("此前", "答复")
    each_year = POLICY.at(case.as_of, REGION).each_year
    made = [
        once.given_by(
            a_task(one, 1),
            ended=one.get("计划") == "终结",
            for_good=one.get("计划") == "本计划" and once.is_for_good(one["部门"], one["代码"], each_year),
        )
        for one in given["此前"]
    ]
    answers = [offer({"对应": [], "符合": "是"} | one) for one in given.get("答复", [])]
    policy = POLICY.at(case.as_of, REGION)
    insured = once.insurance_year(policy)
    given_ones = [one for one in made if one is not None]
    found = once.held(given_ones, answers, case.as_of, policy.payment_seen_days, insured)
    case.check({"不再派": list(found)})


@pytest.mark.parametrize("case", having("已有途径"))
def test_other_way(case):
    given = case.given_of("已有途径", "另派")
    offered = rules.Offer.of(offer({"对应": [], "符合": "是"} | given["另派"]))
    case.check({"不另派": rights.other_way(offered, given["已有途径"], view_of(case).one_way)})


@pytest.mark.parametrize("case", having("计划中"))
def test_not_put_back(case):
    listed = [a_task(one, number) for number, one in enumerate(case.given_of("计划中")["计划中"], start=1)]
    case.check({"不放回": sorted(once.not_put_back(listed))})


@pytest.mark.parametrize("case", case_params(FOLDER, rule="A-02"))
def test_answer(case):
    given, asked = case.given_of("答复", "问到")["答复"], case.given.get("问到", [])
    plain = {"title": "改水", "risks": ["water"], "evidence": ["验收单"]}
    names = {"代码": "measure", "符合": "eligible", "金额": "amount_fen"}
    said = given
    if isinstance(given, list):
        said = [
            plain | {names[key]: value for key, value in one.items()} if isinstance(one, dict) else one
            for one in given
        ]
    problems = proposals.answer_problems(said, {"A44"})
    left_open = proposals.unanswered(asked, said) if not problems else []
    case.check({"问题": [one.partition("：")[0] for one in problems], "没有答复": left_open})
    if not problems:
        kept = [proposals.kept(one, "water") for one in said]
        assert all(one["reason"] == "" and one["condition"] == "" for one in kept)
        more = {"reason": "水质不合格", "condition": "自筹一成"}
        assert all(proposals.kept(one | more, "water").items() >= more.items() for one in said)
