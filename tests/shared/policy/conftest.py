"""A small policy: a nation's line, a province's, a county's, a grouped ratio and a code table."""

import pytest
from shouwang.policy import Policy

TEXT = """\
line:
  title: 监测基准线
  unit: fen_per_person_year
  origin: province
  values:
    - {region: CN, from: 2020-01-01, review_by: 2025-12-31, value: 500000, source: 国文〔2020〕6号 二}
    - {region: "43", from: 2021-01-01, review_by: 2022-06-30, value: 650000, source: 湘文〔2021〕1号 二(一)1}
    - {region: "430426", from: 2021-07-01, until: 2021-12-31, value: 680000, source: 祁文〔2021〕3号 一}
    - {region: "430421", from: 2020-06-01, until: 2021-06-30, value: 520000, source: 阳文〔2020〕5号 一}
days:
  title: 公示天数
  unit: days
  origin: province
  values:
    - {region: "43", from: 2021-07-02, standing: true, value: 7, source: 湘文〔2021〕1号 二(二)2}
open:
  title: 待定标准
  unit: ratio
  origin: county
  note: 文件未给出数值，由县定
  values:
    - {region: "430426", from: 2021-01-01, unknown: 县里尚未确定, source: 祁文〔2021〕4号}
favoured:
  share:
    title: 倾斜比例
    unit: ratio
    origin: city
    values:
      - region: "4304"
        from: 2021-01-01
        review_by: 2025-12-31
        value: "0.65"
        source: 衡文〔2021〕7号 三
        note: 采用他区标准
        origin_document: 大文〔2023〕21号 四
  groups:
    title: 倾斜人群
    unit: codes
    origin: city
    values:
      - {region: "4304", from: 2021-01-01, standing: true, value: [特困, 低保], source: 衡文〔2021〕7号 三}
risk:
  title: 风险类型
  kind: codes
  origin: province
  values:
    - region: "43"
      from: 2021-01-01
      until: 2021-12-31
      source: 湘文〔2021〕1号 附件6
      codes:
        - {code: "01", label: 因病, name: illness, aliases: [患病]}
        - {code: "02", label: 因灾, name: disaster}
    - region: "43"
      from: 2022-01-01
      review_by: 2025-12-31
      source: 湘文〔2022〕9号 附件
      codes: [{code: "1", label: 因病, name: illness}]
"""


@pytest.fixture
def policy(tmp_path):
    (tmp_path / "policy.yaml").write_text(TEXT, encoding="utf-8")
    return Policy.load([tmp_path])
