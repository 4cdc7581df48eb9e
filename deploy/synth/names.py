"""Names as they are common in the south of Hunan: surnames by frequency, given names by generation."""

from __future__ import annotations

from random import Random


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


SURNAMES = _words(
    """
    周 周 周 陈 陈 陈 刘 刘 刘 李 李 李 王 王 彭 彭 彭 邹 邹 肖 肖 曾 曾 罗 罗 谭 谭 唐 唐 张 张 黄 黄
    何 何 邓 邓 雷 匡 贺 龙 蒋 蒋 谢 高 段 管 申 石 凌 付 廖 胡 曹 欧阳 尹 易 颜 伍 屈 夏 万 江 冯 丁
    袁 文 程 吴 杨 徐 朱 郭 邱 洪 梁 宋 许 郑 赵 马 孙 沈 卢 姜 田 汤 樊 旷 聂 成 史 戴 熊 胥 覃 莫 秦
    """
)
"""A surname stands as often as it is common."""

MEN = {
    1900: _words(
        """德贵 祖生 友成 金生 昌福 继光 正清 光明 孝廉 传祥 先华 才发 学文 长庚 顺生 福生 有财 善初 和平
        世清"""
    ),
    1955: _words(
        """国华 建国 志强 爱国 建军 卫东 跃进 冬生 满生 新民 光辉 国平 和生 小平 建华 志明 军 海清"""
    ),
    1980: _words("""勇 伟 涛 鹏 超 波 斌 辉 军华 小军 志勇 海波 建平 新华 立新 文斌 晓东 俊 亮 强"""),
    2003: _words(
        """子轩 浩宇 梓豪 宇轩 俊杰 嘉豪 博文 一鸣 思远 鑫 家辉 天佑 志远 俊熙 昊然 明轩 泽宇 文轩 锦程"""
    ),
}
WOMEN = {
    1900: _words(
        """秀英 桂香 满秀 冬秀 春莲 金莲 玉兰 菊英 翠娥 月娥 细妹 元秀 贵英 四秀 香莲 桃英 珍秀 福秀 长秀
        云秀"""
    ),
    1955: _words(
        """建英 红梅 小红 美华 爱华 春兰 雪梅 秋菊 玉梅 丽华 国英 冬梅 艳红 素珍 小英 友英 云华 腊梅 桂花
        素华"""
    ),
    1980: _words("""艳 丽 娟 芳 敏 静 燕 玲 霞 婷 海燕 丽娟 小燕 春艳 晓玲 红艳 美玲 雪娟 慧 琴"""),
    2003: _words(
        """欣怡 子涵 梓萱 诗雨 佳怡 思琪 雨桐 雅婷 梦瑶 语嫣 可馨 紫萱 心怡 静怡 若曦 晨曦 依诺 嘉欣 梦洁
        婉婷"""
    ),
}
"""Given names by the year of birth from which on they are in use."""


def surname(rng: Random) -> str:
    """Return a surname."""
    return rng.choice(SURNAMES)


def given(rng: Random, male: bool, born: int) -> str:
    """Return a given name that fits sex and year of birth."""
    tables = MEN if male else WOMEN
    since = max(year for year in tables if year <= born)
    return rng.choice(tables[since])
