"""Error reports."""

import json
from builtins import BaseException, int, len, str, type

FILE = "solution.py"
MAX_MESSAGE = 2_000
MAX_SOURCE_LINE = 200
# A traceback longer than this keeps its first and last entries.
FIRST_FRAMES, LAST_FRAMES = 2, 8

quote = json.encoder.encode_basestring
int_repr = int.__repr__
# The plain attributes, whatever a metaclass or a subclass makes of these names.
name_of_type = type.__dict__["__name__"].__get__
traceback_of = BaseException.__dict__["__traceback__"].__get__


def error_json(kind, message, line=None, column=None, trace=""):
    def text(value, limit):
        return quote(value[:limit].encode("utf-8", "replace").decode())

    def position(value):
        return int_repr(value) if type(value) is int and value > 0 else "null"

    return (
        f'{{"type":{text(kind, 100)},"message":{text(message, MAX_MESSAGE)},"line":{position(line)},'
        f'"column":{position(column)},"traceback":{text(trace, 20_000)}}}'
    )


def message_of(error):
    try:
        message = str(error)
    except BaseException:
        return ""
    return message if type(message) is str else ""


def raised(error, lines):
    """The report on an exception, with the learner's frames only."""
    frames = []
    link = traceback_of(error)
    while link is not None:
        # Code that learners put together by hand may have no lines.
        if link.tb_frame.f_code.co_filename == FILE and link.tb_lineno is not None:
            frames.append((link.tb_lineno, link.tb_frame.f_code.co_name))
        link = link.tb_next
    shown = []
    for index, (line, name) in enumerate_frames(frames):
        if line is None:
            shown.append(f"[{index} more calls]")
            continue
        where = "" if name == "<module>" else f", in {name}"
        source = lines[line - 1].strip()[:MAX_SOURCE_LINE] if 0 < line <= len(lines) else ""
        shown.append(f"line {line}{where}\n    {source}")
    return error_json(
        name_of_type(type(error)), message_of(error), frames[-1][0] if frames else None, None, "\n".join(shown))


def enumerate_frames(frames):
    hidden = len(frames) - FIRST_FRAMES - LAST_FRAMES
    if hidden <= 0:
        return [(0, frame) for frame in frames]
    return (
        [(0, frame) for frame in frames[:FIRST_FRAMES]]
        + [(hidden, (None, None))]
        + [(0, frame) for frame in frames[-LAST_FRAMES:]]
    )
