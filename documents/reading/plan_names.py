"""The names of one plan: each body under one name, with the spellings met, in the order of first meeting."""

from dataclasses import dataclass, field

from documents.reading.body import Body as Met
from domain.organisation.register import words
from domain.plans import plan

_MANY = words("các")
_LOOSE = frozenset(words("có của tỉnh trong trên địa bàn"))


@dataclass(slots=True)
class Ledger:
    """Keeps every body that the plan's duties, activities and reports name."""

    _met: dict[Met, str] = field(default_factory=dict)
    _names: dict[tuple[str, ...], str] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)
    _spellings: dict[str, list[str]] = field(default_factory=dict)

    def name(self, body: Met) -> str:
        """Return the name under which the body is kept, entering it at its first meeting.

        Groups that differ only in "các" before them, in "có", "của tỉnh" and the like are one.
        """
        if body not in self._met:
            self._met[body] = self._entered(body)
        return self._met[body]

    def _entered(self, body: Met) -> str:
        key = words(body.name)
        if body.kind == "group":
            key = key[1:] if key[:1] == _MANY else key
            key = ("", *(word for word in key if word not in _LOOSE))
        name = self._names.setdefault(key, body.name)
        self._kinds.setdefault(name, body.kind)
        spellings = self._spellings.setdefault(name, [])
        if body.text.casefold() != name.casefold() and body.text not in spellings:
            spellings.append(body.text)
        return name

    def names(self, bodies: tuple[Met, ...]) -> tuple[str, ...]:
        """Return the names of several bodies, each once."""
        return tuple(dict.fromkeys(self.name(body) for body in bodies))

    def groups(self) -> frozenset[str]:
        """Return the names of those that are groups."""
        return frozenset(name for name, kind in self._kinds.items() if kind != "unit")

    def units(self) -> tuple[plan.PlanBody, ...]:
        """Return all bodies as a plan keeps them."""
        return tuple(
            plan.PlanBody(name, "unit" if kind == "unit" else "group", tuple(self._spellings[name]))
            for name, kind in self._kinds.items()
        )
