"""How soon units came to be reached, and by what."""

from domain.organisation.unit_contacts import PersonContact, UnitContacts, reached_after, units_by_channel


def _unit(number: int, days: int | None, *people: PersonContact) -> UnitContacts:
    return UnitContacts(number, f"Đơn vị {number}", "", people, days)


def test_the_share_is_told_up_to_the_days_at_which_no_more_came() -> None:
    units = [_unit(1, 0), _unit(2, 2), _unit(3, 3), _unit(4, None)]
    assert reached_after(units) == ((0, 1), (1, 1), (3, 3))


def test_without_any_focal_point_the_first_day_alone_is_told() -> None:
    assert reached_after([_unit(1, None)]) == ((0, 0),)


def test_a_unit_counts_once_for_a_messenger_however_many_of_its_bots_and_people() -> None:
    lam = PersonContact("Lâm", "focal", "", ("zalo:aa", "mail"))
    quan = PersonContact("Quân", "focal", "", ("zalo:bb",))
    leader = PersonContact("Hà", "leader", "", ("telegram",))
    assert units_by_channel([_unit(1, 0, lam, quan, leader), _unit(2, 0, quan)]) == {"zalo": 2, "mail": 1}


def test_a_leader_who_is_reached_does_not_stand_for_the_focal_point() -> None:
    leader = PersonContact("Hà", "leader", "", ("telegram",))
    shut = PersonContact("Quân", "focal", "", (), ("telegram",))
    assert not _unit(1, 0, leader, shut).is_reached
