from shouwang.department import Table, code, date, id_number, money, monthly, place, text, whole, yes_no


class WaterTests(Table):
    title = "水质检测"
    feed = monthly(stale_after_days=45)
    unique = ("sample",)

    sample = text("样品编号")
    person = id_number("身份证号", aliases=["公民身份号码"])
    village = place("村居代码", optional=True)
    tested_on = date("检测日期")
    turbidity = whole("浑浊度", most=100)
    safe = yes_no("是否合格", optional=True)
    kind = code("水源", {"自来水": "tap", "山泉（自引）": "spring"}, optional=True)
    fee = money("检测费", sum_at_most="due")
    due = money("应收", "附加", blank=0)
