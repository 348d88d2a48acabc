"""Fates of the words of a prompt, and where they are reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from sage.errors import TaskImpossible, TaskNotUnderstood, UserError
from sage.generators.recipes import recipe, room_types
from sage.language.checks import check_understood
from sage.language.courtesies import without_courtesies
from sage.language.prompt import LONGEST_PROMPT
from sage.language.rooms import nearest_rooms
from sage.language.tokens import tokens
from sage.service.generation import generate, start
from sage.service.understanding import understand
from sage.task import Task

pytestmark = pytest.mark.quick

LOST = "a small bathroom with a frobnicator and a towel; boil the kettle"

SAID = (
    "A cosy bedroom with a bed, a frobnicator and a rug.",
    "Don't put the Mug on the shelf, put it on the TABLE.",
    "a 3 m x 2.5 m office; there's a desk that isn't brown",
    "a bedroom of three by four metres with a café table",
    "a room 12' x 14' with two chairs",
    "\U0001fa91 put the \u201cred\u201d mug\u2014gently\u2014on the table, it\u2019s 30 cm wide",
    "boil the kettle, rinse the cup\nand\tput it on the desk for a party",
    "a lving room wiht a sofa and a xylofoon",
    "a 10 square metre kitchen, 3.5 m high, with eight-legged stools & a fridge/freezer",
)


@pytest.mark.parametrize("prompt", SAID)
def test_the_words_are_those_of_the_prompt_at_their_places_in_order(prompt: str) -> None:
    words = understand(prompt).words
    assert words
    for word in words:
        assert word.start >= 0 and word.text.strip() == word.text
        assert prompt[word.start :].startswith(word.text)
    ends = [word.start + len(word.text) for word in words]
    assert all(end <= word.start for end, word in zip(ends, words[1:], strict=False))


@pytest.mark.parametrize("prompt", SAID)
def test_the_passages_are_the_whole_prompt(prompt: str) -> None:
    task = understand(prompt)
    assert "".join(text for text, _ in task.passages) == prompt
    assert [text for text, fate in task.passages if fate] == [word.text for word in task.words]


def test_a_slip_is_told_as_it_was_written() -> None:
    words = understand("pick up the bolw").words
    assert [word.text for word in words][-1] == "bolw"


def test_a_size_in_words_is_one_word_as_written() -> None:
    task = understand("a bedroom of three by four metres")
    assert task.size == (3.0, 4.0)
    assert ("three by four metres", "size") in task.passages


def test_what_is_not_simulated_is_recorded() -> None:
    task = understand("boil the kettle and put the cup on the desk")
    assert "boil the kettle" in task.recorded
    assert ("boil", "recorded") in task.passages


def test_words_that_overlap_are_told_once() -> None:
    task = Task.model_validate(
        {
            "prompt": "a can't",
            "kind": "room",
            "rooms": ["bedroom"],
            "words": [
                {"text": "can't", "start": 2, "fate": "recorded"},
                {"text": "can't", "start": 2, "fate": "not_understood"},
            ],
        }
    )
    assert task.passages == (("a ", None), ("can't", "recorded"))


def test_what_is_told_of_a_prompt_are_its_coverage_the_lost_words_and_what_is_recorded() -> None:
    told = understand(LOST).understood
    assert told.coverage == pytest.approx(5 / 6)
    assert [(word.text, word.start) for word in told.not_understood] == [("frobnicator", LOST.index("frob"))]
    assert told.recorded == ("boil the kettle",)


def test_of_a_task_without_an_account_of_its_words_no_coverage_is_claimed() -> None:
    task = understand("a bedroom").model_copy(update={"words": ()})
    assert task.understood.coverage is None
    assert task.passages == (("a bedroom", None),)


def test_strict_takes_what_is_understood_or_recorded() -> None:
    check_understood(understand("boil the kettle and put the cup on the desk"))


@pytest.mark.parametrize("refuse", [
    lambda: check_understood(understand(LOST)),
    lambda: generate(LOST, strict=True),
    lambda: start(LOST, strict=True),
])  # fmt: skip
def test_strict_refuses_words_that_are_not_understood_and_says_how_to_go_on(refuse: object) -> None:
    assert callable(refuse)
    with pytest.raises(TaskNotUnderstood, match=r"'frobnicator'; say it in other words .* without 'strict'"):
        refuse()


def test_strict_names_a_few_of_many_words() -> None:
    nouns = " and ".join(f"a frobni{letter}ator" for letter in "qwxzvjkp")
    with pytest.raises(TaskNotUnderstood) as caught:
        check_understood(understand(f"a bedroom with {nouns}"))
    assert str(caught.value).count("frobni") == 6 and "and 2 more" in str(caught.value)
    assert len(str(caught.value)) < 300


def test_strict_refuses_a_definition_of_which_something_is_omitted() -> None:
    said = {"text": "ontop(a, b)", "when": "goal", "fate": "omitted", "why": "there is no b"}
    fields = {"prompt": "x", "kind": "task", "rooms": ["kitchen"], "definition": "(define)"}
    with pytest.raises(TaskNotUnderstood, match=r"ontop\(a, b\) \(there is no b\)"):
        check_understood(Task.model_validate(fields | {"statements": [said]}))
    check_understood(Task.model_validate(fields | {"statements": [said | {"fate": "not_simulated"}]}))


def test_strict_and_a_language_model_exclude_each_other() -> None:
    with pytest.raises(UserError, match="strict needs planner"):
        generate("a kitchen", planner="openai", strict=True)


@pytest.mark.parametrize(
    ("asked", "first"),
    [("sauna", "bathroom"), ("kichen", "kitchen"), ("boudoir", "bedroom"), ("zzz", "kitchen")],
)
def test_for_a_room_that_there_is_not_the_nearest_few_are_named(asked: str, first: str) -> None:
    near = nearest_rooms(asked, room_types())
    assert near[0] == first and len(near) == 3
    with pytest.raises(TaskImpossible, match=first):
        recipe(asked)


@pytest.mark.parametrize("prompt", ["pick it up", "ponder the meaning of it all", "hello there"])
def test_where_nothing_is_named_the_message_says_so(prompt: str) -> None:
    with pytest.raises(TaskNotUnderstood, match="no object or room was found"):
        understand(prompt)


def test_the_longest_prompt_is_taken_and_one_letter_more_is_refused_in_one_line() -> None:
    most = "a bedroom with a bed" + " " * (LONGEST_PROMPT - 20)
    assert understand(most).objects[0].category == "bed"
    with pytest.raises(TaskNotUnderstood, match=f"^the prompt has {LONGEST_PROMPT + 1} characters"):
        understand(most + ".")


def test_the_limit_of_a_prompt_is_told_the_same_everywhere() -> None:
    root = Path(__file__).parents[1]
    shown = f"{LONGEST_PROMPT:,}"
    for name in ("service/commands/options.py", "service/scene_tools.py", "docs/reference/tasks.md"):
        assert f"{shown} characters" in (root / name).read_text(), name
    page = (root / "service/http/page/files/composer.js").read_text()
    assert f"maxLength: {LONGEST_PROMPT}," in page


@pytest.mark.parametrize(
    ("prompt", "plain"),
    [
        ("Hello robot, please put the mug on the table, thanks!", "please put the mug on the table"),
        ("Hi! I would like a cozy kitchen. Thank you very much.", "a cozy kitchen"),
        ("thanks, now kindly open the fridge", "open the fridge"),
    ],
)
def test_courtesies_are_no_words_to_be_understood(prompt: str, plain: str) -> None:
    task = understand(prompt)
    check_understood(task)
    assert "not known" not in " ".join(task.notes)
    assert {thing.name for thing in task.objects} == {thing.name for thing in understand(plain).objects}
    assert task.goal == understand(plain).goal


@pytest.mark.parametrize(
    "text",
    ["put the hello kitty mug on the table", "a desk with a thank you card", "thanks", "hi there, hello!"],
)
def test_what_belongs_to_a_thing_or_is_all_that_is_said_stays(text: str) -> None:
    assert without_courtesies(tokens(text)) == tokens(text)
