"""What the arguments of `@rule`, `@fact`, `@view`, `@measure`, `@signal` and `@indicator` may be."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from shouwang.department.declarations import (
    Declared,
    Fact,
    Indicator,
    Measure,
    PersonView,
    Rule,
    Shown,
    Signal,
)
from shouwang.department.known import INDICATORS, RULE_NUMBERS
from shouwang.department.manifest import wrong
from shouwang.department.plugin import Plugin
from shouwang.errors import ConfigurationError
from shouwang.policy.units import UNITS
from shouwang.register import REGISTER_COLUMNS, REGISTER_FACT
from shouwang.suggestions import did_you_mean
from shouwang.vocabulary import (
    MEASURE_CODES,
    MEASURE_ITEMS,
    SIGNAL_KINDS,
    SIGNAL_UNITS,
    Risk,
    State,
    measure_label,
)

NUMBER: Final = re.compile(r"[A-Z]-\d{2}", re.ASCII)
MEASURE_WORDS: Final = ("person", "household", "policy", "on")
RISKS: Final = {
    f"{kind.__name__}.{name}": one for kind in (Risk, State) for name, one in kind.__members__.items()
}
Problems = Iterator[ConfigurationError]


def declaration_problems(plugin: Plugin) -> Problems:
    """Yield what is wrong with the declarations themselves; what they compute is tried elsewhere."""
    for rule in plugin.rules.values():
        yield from _rule(rule)
    for fact in plugin.facts.values():
        yield from _answer(fact)
        yield from _register(fact)
    for view in plugin.views.values():
        yield from _answer(view)
    for signal in plugin.signals.values():
        yield from _signal(signal)
    for indicator in plugin.indicators.values():
        yield from _indicator(indicator)
    for measure in plugin.measures.values():
        yield from _measure(plugin, measure)


def _rule(rule: Rule) -> Problems:
    yield from _numbered(rule, "规则", rule.number, '请写成 @rule("S-05", …)，编号见 docs/rules.yaml。')
    yield from _risks(rule, "规则", "risk", [rule.risk])
    yield from _versioned(rule, "规则", rule.version)
    yield from _told(rule, "规则", "第一行文档字符串就是线索上的说明。")
    yield from _shows(rule, "规则", rule.shows)


def _register(fact: Fact) -> Problems:
    """The fact that monitoring compares with its registry must say what monitoring reads (M-01)."""
    if fact.name == REGISTER_FACT and set(fact.shows) != set(REGISTER_COLUMNS):
        remedy = "列写成 shows=REGISTER_COLUMNS（shouwang.register）；另作他用的请换一个名称。"
        message = f"事实 {fact.name} 的列应为 {'、'.join(REGISTER_COLUMNS)}"
        yield wrong(message, fact.defined, remedy, "department.register")


def _answer(one: Fact | PersonView) -> Problems:
    word = "事实" if isinstance(one, Fact) else "视图"
    if isinstance(one, Fact) and not _text(one.title):
        yield _wrong(one, f"事实 {one.name} 没有名称", '请写成 @fact("参保", …)。', "department.fact")
    if isinstance(one, PersonView) and one.name in MEASURE_WORDS:
        remedy = f"{'、'.join(MEASURE_WORDS)} 另有用处，请换一个名称。"
        yield _wrong(one, f"视图不能叫 {one.name}", remedy, "department.view")
    if not one.shows:
        yield _wrong(one, f"{word} {one.name} 的 shows 是空的", "请写明答哪几列。", "department.columns")
    yield from _shows(one, word, one.shows)
    if isinstance(one.absent, Mapping):
        for column in one.absent.keys() - one.shows.keys():
            message = f"{word} {one.name} 的 absent 写了没有的列“{column}”"
            yield _wrong(one, message, did_you_mean(str(column), one.shows), "department.columns")


def _signal(signal: Signal) -> Problems:
    for word, given, known in (("kind", signal.kind, SIGNAL_KINDS), ("unit", signal.unit, SIGNAL_UNITS)):
        if given not in known:
            message = f"信号 {signal.name} 的 {word}“{given}”没有意义"
            yield _wrong(signal, message, did_you_mean(str(given), known), "department.signal")
    yield from _versioned(signal, "信号", signal.version)
    yield from _told(signal, "信号", "第一行文档字符串就是信号的说明。")
    yield from _shows(signal, "信号", signal.shows)


def _indicator(one: Indicator) -> Problems:
    if one.code not in INDICATORS:
        message = f"指标 {one.name} 的代码“{one.code}”不在县里上报的指标中（K-01）"
        yield _wrong(one, message, did_you_mean(str(one.code), INDICATORS), "department.indicator")
    elif one.unit != INDICATORS[one.code]:
        remedy = f'请写 unit="{INDICATORS[one.code]}"。'
        yield _wrong(one, f"指标 {one.name} 的单位“{one.unit}”不对", remedy, "department.indicator")
    yield from _told(one, "指标", "第一行文档字符串就是指标的说明。")


def _measure(plugin: Plugin, measure: Measure) -> Problems:
    name = measure.name
    if measure_label(str(measure.code)) is None:
        known = [*MEASURE_ITEMS, *MEASURE_CODES]
        message = f"措施 {name} 的代码“{measure.code}”不在附件2 的 A39–A52 中"
        yield _wrong(measure, message, did_you_mean(str(measure.code), known))
    if not _text(measure.title):
        yield _wrong(measure, f"措施 {name} 没有名称", 'title="临时救助"，农户看到的就是它。')
    yield from _risks(measure, "措施", "risks", measure.risks)
    yield from _evidence(measure)
    if measure.number != "":
        yield from _numbered(measure, "措施", measure.number, 'rule="A-06"，或不写。')
    yield from _versioned(measure, "措施", measure.version)
    known = [*MEASURE_WORDS, *plugin.views]
    for parameter in measure.parameters:
        if parameter not in known:
            message = f"措施 {name} 的参数“{parameter}”没有来源"
            yield _wrong(measure, message, did_you_mean(parameter, known), "department.parameter")


def _evidence(measure: Measure) -> Problems:
    if not measure.evidence:
        message = f"措施 {measure.name} 没有写明落实后要交的凭证（evidence）"
        yield _wrong(measure, message, 'evidence=["审批表"]。')
    elif not all(_text(paper) for paper in measure.evidence):
        yield _wrong(measure, f"措施 {measure.name} 的凭证应为文字", 'evidence=["审批表"]。')


def _numbered(one: Declared, word: str, number: Any, remedy: str) -> Problems:
    code = f"department.{'rule' if isinstance(one, Rule) else 'measure'}"
    if not isinstance(number, str) or not NUMBER.fullmatch(number):
        yield _wrong(one, f"{word} {one.name} 没有编号", remedy, code)
    elif number not in RULE_NUMBERS:
        message = f"{word} {one.name} 的编号“{number}”不在规则登记簿中"
        yield _wrong(one, message, did_you_mean(number, RULE_NUMBERS), code)


def _risks(one: Declared, word: str, argument: str, risks: Iterable[Any]) -> Problems:
    code = f"department.{'rule' if isinstance(one, Rule) else 'measure'}"
    for risk in risks:
        if not isinstance(risk, Risk | State):
            message = f"{word} {one.name} 的 {argument}“{risk}”不是 Risk 或 State"
            yield _wrong(one, message, did_you_mean(f"Risk.{risk}".upper(), RISKS), code)


def _versioned(one: Declared, word: str, version: Any) -> Problems:
    if type(version) is not int or version < 1:
        code = f"department.{type(one).__name__.lower()}"
        yield _wrong(one, f"{word} {one.name} 的 version 应从 1 起", "口径改变时加一。", code)


def _told(one: Declared, word: str, remedy: str) -> Problems:
    if not one.text:
        yield _wrong(one, f"{word} {one.name} 没有说明", remedy, f"department.{type(one).__name__.lower()}")


def _shows(one: Declared, word: str, shows: Mapping[str, Shown]) -> Problems:
    for column, shown in shows.items():
        if not _text(shown.label):
            message = f"{word} {one.name} 的列“{column}”没有中文名称"
            yield _wrong(one, message, f'shows={{"{column}": "名称"}}。', "department.columns")
        # A unit in Chinese (亩) is printed as it stands; one in English is of policy.units, or misspelt.
        if not isinstance(shown.unit, str) or (shown.unit.isascii() and shown.unit not in ("", "%", *UNITS)):
            message = f"{word} {one.name} 的列“{column}”的单位“{shown.unit}”不认识"
            yield _wrong(one, message, did_you_mean(str(shown.unit), UNITS), "department.columns")


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _wrong(one: Declared, message: str, remedy: str, code: str = "department.measure") -> ConfigurationError:
    return wrong(message, one.defined, remedy, code)
