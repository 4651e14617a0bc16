"""/tengoi (/names): what was learnt that names of documents mean, each to be forgotten by a tap."""

from markupsafe import Markup

from handlers.common.button_data import ButtonData, choice_of
from handlers.common.context import Button, Context, Reply, button, command, reply, turned_away
from handlers.common.conversation import Outgoing
from handlers.common.wording import label, lines, short
from services.common.results import Refused
from services.organisation.forget_name import forget_name, learnt_names

_SHOWN = 20
_TOPIC = "names"


@command("names", "tengoi", "coordinator")
async def names(context: Context, argument: str) -> Reply:
    """List the learnt names, the newest first."""
    return await _listed(context)


async def _listed(context: Context, done: Markup | None = None) -> Reply:
    known = list((await learnt_names(context.conn)).items())[::-1]
    if not known:
        return reply(Outgoing(lines(done, context.texts("names.none"))))
    rows = [
        context.texts("names.row", number=number, name=short(name, 60), units=short(", ".join(units), 120))
        for number, (name, units) in enumerate(known[:_SHOWN], 1)
    ]
    more = context.texts("plan.more", count=len(known) - _SHOWN) if len(known) > _SHOWN else None
    taps = [
        choice_of(label(context.texts, "forget_name", number=number), "forget", number)
        for number in range(1, len(rows) + 1)
    ]
    choices = tuple(tuple(taps[at : at + 3]) for at in range(0, len(taps), 3))
    text = lines(done, context.texts("names.head"), *rows, more, "", context.texts("names.how"))
    shown = "\n".join(name for name, _ in known[:_SHOWN])
    return reply(Outgoing(text, choices), topic=_TOPIC, about=shown)


@button("forget", "coordinator")
async def forgotten(context: Context, pressed: ButtonData) -> Reply:
    """Forget the name that was shown under a number."""
    shown = context.dialog.about.split("\n") if context.dialog.topic == _TOPIC else []
    if not 1 <= pressed.id() <= len(shown):
        return reply(Outgoing(context.texts("error.old_button")))
    name = shown[pressed.id() - 1]
    result = await forget_name(context.conn, name, by=context.person, now=context.now)
    if isinstance(result, Refused) and result.reason == "not_keeper":
        return turned_away(context, "names", "units.not_keeper")
    return await _listed(context, context.texts("names.forgotten", name=short(name, 60)))


BUTTONS: tuple[Button, ...] = (forgotten,)
