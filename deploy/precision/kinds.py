"""Which rule is to find which kind of trouble: here alone the generator's words meet the rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

KIND_OF: Final[Mapping[str, str]] = {
    "health_insurance/heavy_own_share": "bills_heavy",
    "health_insurance/uninsured": "not_insured",
    "civil_affairs/lost_minimum_living": "allowance_lost",
    "civil_affairs/dependent_without_care": "nobody_cares",
    "education/not_at_school": "away_from_school",
    "education/dropped_out": "dropped_out",
    "education/subsidy_missed": "aid_not_paid",
    "education/vocational_aid_missed": "vocational_aid_not_paid",
    "education/graduate_without_job": "graduate_idle",
    "human_resources/returned_without_work": "came_back",
    "human_resources/household_without_job": "nobody_works",
    "human_resources/post_wages_owed": "post_not_paid",
    "human_resources/post_without_pay": "post_without_money",
    "human_resources/post_not_eligible": "post_by_the_unable",
    "financial_affairs/overdue_loan": "loan_overdue",
    "financial_affairs/loan_past_due": "loan_run_out",
    "financial_affairs/loan_not_for_production": "loan_misused",
    "financial_affairs/need_without_loan": "loan_wanted",
    "health/newly_diagnosed": "illness_new",
    "health/untreated_major_illness": "illness_untreated",
    "health/chronic_without_contract": "no_doctor",
    "disabled_federation/severe_without_care_subsidy": "care_not_paid",
    "disabled_federation/newly_severe": "newly_severe",
    "disabled_federation/card_expired": "card_run_out",
    "housing/dangerous_house_occupied": "house_dangerous",
    "housing/helped_house_damaged": "helped_house_hit",
    "housing/damaged_house_not_appraised": "hit_not_appraised",
    "water_resources/unsafe_water": "water_failed",
    "water_resources/seasonal_shortage": "water_short",
    "water_resources/long_repair": "water_broken",
    "water_resources/test_overdue": "water_untested",
    "agriculture/own_industry_failed": "harvest_lost",
    "agriculture/linked_project_failed": "partner_stopped",
    "agriculture/uninsured_loss": "loss_uninsured",
    "agriculture/insured_not_paid": "loss_not_paid",
    "emergency/loss_over_standard": "much_lost",
    "emergency/hit_without_relief": "no_relief",
    "development_reform/relocated_without_job": "moved_without_work",
    "development_reform/wages_unpaid": "site_wages_owed",
}
