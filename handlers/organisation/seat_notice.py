"""Taking the objection of a unit's people to somebody's seat."""

from handlers.common.button_data import ButtonData
from handlers.common.context import Button, Context, Reply, button, reply, turned_away
from handlers.common.conversation import Outgoing
from services.common.results import Refused
from services.organisation.hand_over import HandoverStopped, object_to_handover


@button("object", "member")
async def objected(context: Context, pressed: ButtonData) -> Reply:
    """Stop a handover; everybody in the unit is told."""
    result = await object_to_handover(
        context.conn, pressed.id(), by=context.person, now=context.now, today=context.today
    )
    if not isinstance(result, Refused):
        return reply(_word_stopped(context, result))
    if result.reason == "not_yours":
        return turned_away(context, "handover")
    return reply(Outgoing(context.texts("handover.over")))


def _word_stopped(context: Context, stopped: HandoverStopped) -> Outgoing:
    role, people = context.texts(f"role.{stopped.role}"), ", ".join(stopped.holders)
    facts = {"unit": stopped.unit, "role": role, "people": people, "person": stopped.heir}
    return Outgoing(context.texts("notice.seat_kept", **facts))


BUTTONS: tuple[Button, ...] = (objected,)
