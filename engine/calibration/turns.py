"""Read conversations: lists of turns in many spellings, JSON in a string, transcripts."""

import ast
import json
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Turn:
    """One turn of a conversation."""

    role: str
    """``user``, ``assistant``, ``system``, or whatever else the data set has."""
    content: str
    """The text; the calls of tools follow it as JSON."""
    message: Mapping[str, Any] | None = field(default=None, repr=False, hash=False)
    """The original turn, where it has more than a role and a text, for chat templates that accept it."""


@dataclass(frozen=True)
class Conversation:
    """A document of several turns; a model with a chat template reads it in the template's form."""

    turns: tuple[Turn, ...]
    tools: tuple[Mapping[str, Any], ...] = field(default=(), repr=False, hash=False)
    """Tools that may be called, as JSON schemas."""

    @property
    def plain(self) -> str:
        """The contents of all turns, without their speakers."""
        return "\n\n".join(turn.content for turn in self.turns)


_ROLES = {"human": "user", "gpt": "assistant", "chatgpt": "assistant", "bot": "assistant", "model": "assistant"}
"""Names of the roles in ShareGPT and in templates."""
_SPEAKER = ("role", "from", "speaker", "author", "sender")
_CONTENT = ("content", "value", "text", "message", "parts", "utterance")
CALLS = ("tool_calls", "function_call")
_ASKED = ("human", "user", "question", "prompt", "instruction", "input", "query")
_ANSWERED = ("assistant", "bot", "gpt", "model", "answer", "response", "output")
_TRANSCRIPT = re.compile(r"\n\n(Human|Assistant):")


def speaks(value: object) -> bool:
    """Return whether a value is a turn: a speaker and a content."""
    if not isinstance(value, Mapping):
        return False
    by_somebody = any(isinstance(value.get(name), str | Mapping) for name in _SPEAKER)
    return by_somebody and any(name in value for name in (*_CONTENT, *CALLS))


def is_turn(value: object) -> bool:
    """Return whether a value is a turn, or a question with its answer."""
    return speaks(value) or (isinstance(value, Mapping) and _pair(value) is not None)


def turns_of(value: object) -> list[Turn]:
    """Return the turns of a list, or of a string that holds such a list or a transcript; empty for anything else."""
    if isinstance(value, str):
        listed = listed_turns(value)
        return transcript_turns(value) if listed is None else turns_of(listed)
    if not isinstance(value, Sequence):
        return []
    return [turn for item in value if isinstance(item, Mapping) for turn in _turns(item) if turn.content]


def listed_turns(text: str) -> list[Any] | None:
    """Return the list of turns in a string of JSON, or of Python (pandas writes it into CSV); None for any other."""
    if not text.lstrip().startswith("["):
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            with warnings.catch_warnings(action="ignore"):  # Python's warnings about backslashes
                found = read(text.strip())
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return found if isinstance(found, list) and found and all(map(is_turn, found)) else None
    return None


def tools_of(value: object) -> tuple[Mapping[str, Any], ...]:
    """Return the tools of a list of JSON schemas, or of a string that holds one; empty for anything else."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return ()
    tools = value if isinstance(value, list) else []
    return tuple(
        _filled(tool) for tool in tools if isinstance(tool, Mapping) and ("function" in tool or "name" in tool)
    )


def transcript_turns(text: str) -> list[Turn]:
    """Return the turns of a text that begins with ``Human:``, as in Anthropic's HH-RLHF; empty if it does not."""
    before, *rest = _TRANSCRIPT.split("\n\n" + text.strip())
    if before or not rest:
        return []
    spoken = zip(rest[::2], rest[1::2], strict=True)
    turns = [Turn("user" if role == "Human" else "assistant", item.strip()) for role, item in spoken]
    return [turn for turn in turns if turn.content]


def _turns(item: Mapping[str, Any]) -> list[Turn]:
    """Return one turn, or the two or three of a question with its answer."""
    pair = _pair(item)
    if pair is None:
        return [_turn(item)]
    system = item.get("system")
    spoken = [("system", system), ("user", item[pair[0]]), ("assistant", item[pair[1]])]
    return [Turn(role, written(content)) for role, content in spoken]


def _pair(item: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return the keys of a question and its answer, where one object holds both."""
    if speaks(item) or any(name in item for name in ("content", "value")):
        return None
    asked, answered = (
        next((name for name in names if isinstance(item.get(name), str)), None) for names in (_ASKED, _ANSWERED)
    )
    return (asked, answered) if asked and answered else None


def _turn(item: Mapping[str, Any]) -> Turn:
    """Return a turn of the messages form, the ShareGPT form or a relative of theirs."""
    speaker = next((item[name] for name in _SPEAKER if item.get(name)), "user")
    role = str(speaker.get("role") or "user") if isinstance(speaker, Mapping) else str(speaker)
    content = written(next((item[name] for name in _CONTENT if item.get(name)), None))
    role = _ROLES.get(role, role)
    message = _beyond_text(item, role, content)
    return Turn(role, "\n".join(filter(None, (content, _tool_calls(item)))), message)


def written(content: object) -> str:
    """Return a content as text; of content in parts, the texts."""
    if content is None or isinstance(content, str):
        return content or ""
    if isinstance(content, Mapping):
        inner = content.get("text", content.get("parts"))
        return json.dumps(content, ensure_ascii=False, default=str) if inner is None else written(inner)
    if isinstance(content, Sequence) and not isinstance(content, bytes):
        return "\n".join(_part(part) for part in content if isinstance(part, str | Mapping))
    return str(content)


def _part(part: str | Mapping[str, Any]) -> str:
    """Return the text of a part: a call of a tool as JSON, and the text of a tool's answer."""
    if isinstance(part, str):
        return part
    match part.get("type"):
        case "tool_use":
            return json.dumps(_filled({"name": part.get("name"), "arguments": part.get("input")}), ensure_ascii=False)
        case "tool_result":
            return written(part.get("content"))
        case _:
            return str(part.get("text") or "")


def _tool_calls(item: Mapping[str, Any]) -> str:
    """Return the calls of a turn, one JSON object a line."""
    calls = item.get("tool_calls") or item.get("function_call") or []
    functions = (
        with_object(call.get("function") or call)
        for call in ([calls] if isinstance(calls, Mapping) else calls)
        if isinstance(call, Mapping)
    )
    return "\n".join(json.dumps(_filled(function), ensure_ascii=False, default=str) for function in functions)


def with_objects(message: Mapping[str, Any]) -> dict[str, Any]:
    """Return the message with the arguments of its calls as objects, where they are JSON in a string as OpenAI's."""
    calls = message.get("tool_calls")
    if not isinstance(calls, list):
        return dict(message)
    return {
        **message,
        "tool_calls": [
            {**call, "function": with_object(call["function"])}
            if isinstance(call, Mapping) and "function" in call
            else call
            for call in calls
        ],
    }


def with_object(function: Any) -> Any:
    """Return a call with its arguments as an object, where they are JSON in a string."""
    if not isinstance(function, Mapping) or not isinstance(function.get("arguments"), str):
        return function
    try:
        arguments = json.loads(function["arguments"])
    except (ValueError, RecursionError):
        return function
    return {**function, "arguments": arguments} if isinstance(arguments, dict) else function


def _beyond_text(item: Mapping[str, Any], role: str, content: str) -> dict[str, Any] | None:
    """Return the whole turn where it calls tools, or answers such a call.

    Its content is never None, which templates would write out. Keys without a value, which parquet adds, are left out,
    since templates ask whether a key exists.
    """
    if not any(item.get(name) for name in CALLS) and not (role == "tool" and item.keys() - {"role", "content"}):
        return None
    kept = {name: _filled(value) for name, value in item.items() if name not in (*_SPEAKER, *_CONTENT)}
    return {"role": role, "content": content, **{name: value for name, value in kept.items() if value is not None}}


def _filled(value: object) -> Any:
    """Return the value without its keys that have none."""
    if isinstance(value, Mapping):
        return {name: _filled(inner) for name, inner in value.items() if inner is not None}
    return [_filled(inner) for inner in value] if isinstance(value, list) else value
