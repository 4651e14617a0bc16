"""The bodies that a table cell or a label names: a list of names and little else."""

import re

from documents.reading import vocabulary as v
from documents.reading.bodies import Finder
from documents.reading.body import Body, Found, group_of
from documents.reading.names import is_verb, longest
from documents.reading.single_names import ends_name, is_one_of_fields
from documents.reading.words import CAPITAL, cut
from domain.common.text import squeeze
from domain.organisation.register import words

_LEAD_IN = re.compile(
    r"(?i)^(?:(?:và|cùng|(?:có |với )?sự tham gia của|(?:kính )?đề nghị|giao(?: cho)?|mời"
    r"|(?:đơn vị |cơ quan )?(?:chủ trì|phối hợp)(?: thực hiện)?(?:,? phối hợp)?(?: với)?\s*:?)\s+)+"
)
_GROUP_START = re.compile(r"(?i)(?:các|những|một số|tất cả|toàn thể|mọi)\s")
_BARE_PLURAL = re.compile(r"(?i)(?:^|;\s*|,\s*)các\s+\w+$")
_UNFINISHED = re.compile(r"(?i)(?:[,\-–&/(]|\b(?:và|của|với|thuộc|các|cho|sở|ubnd))$")
_OPENINGS = v.HEADS | v.DETERMINERS | v.COMMITTEES
_LONGEST_NAME, _LONGEST_UNKNOWN = 14, 24
_HAVING = words("có được")
_CLAUSE = re.compile(
    r"(?i),?\s+(?:trong phạm vi|theo)\s+(?:chức năng|lĩnh vực|nhiệm vụ|quyền hạn|thẩm quyền|phạm vi|quyền)\b"
    r"[^;.]*?(?=\s+và\s+các\s|[;.\n]|$)"
)
"""What only says that each does its own part: "các sở trong phạm vi chức năng, nhiệm vụ của mình"."""
_NOBODY = re.compile(r"(?i)(?:không|không có|nt|như trên|v\.?v\.?|[-–]|v\.v|[\d\W]+)")


def bodies_of_cell(text: str, finder: Finder) -> tuple[Body, ...]:
    """Return the bodies of a label's or a table cell's text.

    What no rule knows is taken as it stands between its separators: here only names are written.
    """
    bodies: list[Body] = []
    for piece in _pieces(_parted(without_own_part(_unwrapped(text, finder)), finder)):
        bodies += [body for body in _piece(piece, finder) if body not in bodies]
    return tuple(bodies)


def _unwrapped(text: str, finder: Finder) -> str:
    """A cell, its lines joined where a name goes on and parted by ';' where a body begins one."""
    lines = [squeeze(line) for line in text.split("\n") if line.strip()]
    whole = lines[0] if lines else ""
    for line in lines[1:]:
        opens = bool(re.match(r"[-+•*]\s*", line)) or _begins(line)
        inside = line[0].islower() or bool(_UNFINISHED.search(whole) or _BARE_PLURAL.search(whole))
        inside = inside or _spans(whole, line, finder)
        whole += f"; {line}" if opens and not inside else f" {line}"
    return whole


def without_own_part(text: str) -> str:
    """Return names without the clause that each does its own part, a ';' in its place."""
    return _CLAUSE.sub("; ", text).strip(" ;")


def _parted(text: str, finder: Finder) -> str:
    """A cell, a known name parted from another that follows it with nothing between: a line end was lost."""
    seen = cut(text)
    keys = [word.key for word in seen]
    for at in range(len(seen) - 1, 0, -1):
        if seen[at].gap or not seen[at].capital or not finder.register.match(keys, at):
            continue
        if any(_ends_at(finder, keys, start, at) for start in range(max(0, at - _LONGEST_NAME), at)):
            text = f"{text[: seen[at - 1].end]}; {text[seen[at].start :]}"
    return text


def _ends_at(finder: Finder, keys: list[str], start: int, end: int) -> bool:
    found = finder.register.match(keys, start)
    return found is not None and start + found[0] == end


def _begins(line: str) -> bool:
    """Tell whether a line opens with what a body's name opens with."""
    seen = cut(line)
    return bool(seen) and longest(seen, 0, _OPENINGS) > 0


def _spans(left: str, right: str, finder: Finder) -> bool:
    """Tell whether a known name begins at the end of the one line and ends in the other."""
    before = [w.key for w in cut(left[-80:])][-8:]
    whole = before + [w.key for w in cut(right[:80])][:8]
    found = ((start, finder.register.match(whole, start)) for start in range(len(before)))
    return any(match and start + match[0] > len(before) for start, match in found)


def _piece(piece: str, finder: Finder) -> tuple[Body, ...]:
    """The bodies of one stretch of a cell, between semicolons."""
    found = finder.listed(piece)
    if found.bodies and not _is_cut_short(piece, found, finder):
        return found.bodies
    if is_one_of_fields(cut(piece)):
        name = piece.strip()
        return (Body(name, known.name if (known := finder.register.find(name)) else name, "unit"),)
    if found.bodies and found.bodies[-1].kind == "group" and (group := _longer_group(piece, found)):
        first, _, others = _before_next(group.text, finder)
        return (*found.bodies[:-1], group_of(first), *(_piece(others, finder) if others else ()))
    if _GROUP_START.match(piece):
        return (Body(piece, piece[0].upper() + piece[1:], "group"),)
    if found.bodies and found.bodies[-1].kind == "unit":
        rest = piece[found.end :].lstrip(" ,")
        if whole := _longer(piece, found, finder):
            return (*found.bodies[:-1], whole)
        if not piece[found.end :].lstrip().startswith(","):
            return found.bodies
        return (*found.bodies, *_piece(rest, finder)) if rest else found.bodies
    if _is_generic(piece):
        first, _, others = _before_next(piece, finder)
        return (group_of(first), *(_piece(others, finder) if others else ()))
    first, _, rest = piece.partition(",")
    named = first.strip()
    if not named or len(named.split()) > _LONGEST_UNKNOWN:
        return ()
    known = finder.register.find(named)
    many = known is None and longest(cut(named, most=3), 0, v.MANY_NOUNS) > 0
    body = group_of(named) if many else Body(named, known.name if known else _opened(named), "unit")
    return (body, *_piece(rest.strip(), finder)) if rest.strip() else (body,)


def _opened(name: str) -> str:
    return name[0].upper() + name[1:]


def _before_next(text: str, finder: Finder) -> tuple[str, str, str]:
    """A group's words parted before the first single body that a comma leads in."""
    for comma in re.finditer(rf",\s+(?={CAPITAL})", text):
        following = finder.listed(text, comma.end()).bodies
        if following and following[0].kind == "unit":
            return text[: comma.start()], ",", text[comma.end() :]
    return text, "", ""


def _is_generic(piece: str) -> bool:
    """Tell whether a list is of nouns of many: "Doanh nghiệp, nhà cung cấp dịch vụ, nhà đầu tư".

    It opens with such a noun, or nothing in it is a name.
    """
    seen = cut(piece)
    noun = longest(seen, 0, v.NOUNS_OF_MANY)
    named = any(word.capital for word in seen[1 : noun + 1]) or longest(seen, 0, v.COMMITTEES)
    if noun:
        return not named and len(seen) > 1
    parts = [at for at, word in enumerate(seen) if at and word.gap == ","]
    small = not any(word.capital and not word.raw.isupper() for word in seen[1:])
    return bool(parts) and small and not any(longest(seen, at, v.HEADS) for at in (0, *parts))


def _longer_group(piece: str, found: Found) -> Body | None:
    """The last group where its words go on as no list foresees: "UBND các xã, phường có bến thuyền"."""
    rest = cut(piece[found.end :])
    if not rest or rest[0].gap or rest[0].capital or (is_verb(rest, 0) and rest[0].key not in _HAVING):
        return None
    return group_of(piece[piece.rfind(found.bodies[-1].text) :].strip(" ."))


def _longer(piece: str, found: Found, finder: Finder) -> Body | None:
    """The last body where its name goes on in words that no list knows: "Công ty Đầu tư hạ tầng khu A"."""
    last = found.bodies[-1]
    name = piece[piece.rfind(last.text) :].strip(" .")
    further = re.fullmatch(r"[\w\s&/-]+", name[len(last.text) :])
    if finder.register.find(last.name) or not further or len(name.split()) > _LONGEST_NAME:
        return None
    return Body(name, name, "unit")


def _pieces(text: str) -> list[str]:
    """The stretches of a cell between semicolons and line ends, without brackets and leading verbs."""
    bare = re.sub(r"\([^()]*\)", " ", text)
    pieces = []
    for raw in re.split(r";|\n|…|\.{2,}", bare):
        piece = squeeze(re.sub(_LEAD_IN, "", squeeze(raw).strip(" .,:-+"))).strip(" .,:")
        piece = re.sub(r"(?i)\s+(?:chủ trì|phối hợp|thực hiện)$", "", piece)
        if piece and not _NOBODY.fullmatch(piece):
            pieces.append(piece)
    return pieces


def _is_cut_short(piece: str, found: Found, finder: Finder) -> bool:
    """Tell whether the list ended in the middle of what is rather a name or a group than a sentence."""
    rest = piece[found.end :].strip(" .,")
    if not rest:
        return False
    seen = cut(rest)
    acts = bool(seen) and is_verb(seen, 0) and found.bodies[-1].kind == "unit"
    return not acts or ends_name(rest, found.bodies[-1], rest, finder.register)
