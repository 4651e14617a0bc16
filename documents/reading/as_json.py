"""A plan as the JSON object that `nhacviec plan read --json` prints."""

from domain.plans.plan import Activity, Duty, Head, Passage, Plan, PlanBody, ReportingRule


def as_json(plan: Plan) -> dict[str, object]:
    """Return the plan as plain dicts, lists and texts.

    Its keys are document, units, duties, activities, reports, unread and passages; a duty, activity or report
    bears the index of its passage.
    """
    return {
        "document": _head(plan.head),
        "units": [_body(body) for body in plan.units],
        "duties": [_duty(duty) for duty in plan.duties],
        "activities": [_activity(activity) for activity in plan.activities],
        "reports": [_report(rule) for rule in plan.reports],
        "unread": [_unread(passage) for passage in plan.unread],
        "passages": [_passage(passage) for passage in plan.passages],
    }


def _head(head: Head) -> dict[str, object]:
    return {
        "kind": head.kind,
        "number": head.number,
        "issued_on": head.issued_on.isoformat() if head.issued_on else None,
        "issuer": head.issuer,
        "title": head.title,
        "period": [day.isoformat() for day in head.period] if head.period else None,
        "coordinator": head.coordinator,
        "reports_to": list(head.reports_to),
    }


def _body(body: PlanBody) -> dict[str, object]:
    return {"name": body.name, "kind": body.kind, "spellings": list(body.spellings)}


def _duty(duty: Duty) -> dict[str, object]:
    entry: dict[str, object] = {
        "section": duty.section,
        "unit": duty.unit,
        "n": duty.n,
        "text": duty.text,
        "role": duty.role,
        "with": list(duty.partners),
        "passage": duty.passage,
    }
    return entry | ({"also": list(duty.also)} if duty.also else {})


def _activity(activity: Activity) -> dict[str, object]:
    return {
        "section": activity.section,
        "text": activity.text,
        "lead": list(activity.lead),
        "support": list(activity.support),
        "when": activity.when,
        "passage": activity.passage,
    }


def _report(rule: ReportingRule) -> dict[str, object]:
    entry: dict[str, object] = {
        "section": rule.section,
        "who": rule.who,
        "to": rule.to,
        "via": rule.via,
        "due": [day.isoformat() for day in rule.due],
        "recurrence": rule.recurrence,
        "quote": rule.quote,
        "passage": rule.passage,
    }
    return entry | ({"also": list(rule.also)} if rule.also else {})


def _unread(passage: Passage) -> dict[str, object]:
    return {"section": passage.section, "text": passage.text, "why": passage.why, "passage": passage.index}


def _passage(passage: Passage) -> dict[str, object]:
    return {"index": passage.index, "section": passage.section, "text": passage.text, "fate": passage.fate}
