"""The sentences that a reader takes for answers, each to be judged alone with the one before it.

What a whole passage seems to answer, its sentence alone may not. Knows nothing of the model.
"""

from collections.abc import Container, Iterable, Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from torch import Tensor

from train.lessons import Lesson
from train.reader_model import Input


def alone(lessons: Iterable[Lesson], spans: Sequence[Tensor]) -> list[Lesson]:
    """The lessons once more, each input cut down to a sentence.

    Where a passage answers, that sentence, and beside it the one that looks most like an answer
    and is none; of the others what looks most like one.

    :param spans: logits of each input, (length, 2), in the order of the lessons
    """
    found, place = [], 0
    for lesson in lessons:
        logits = [one.detach().float().cpu().numpy() for one in spans[place:][: len(lesson.inputs)]]
        found.append(_of_one(lesson, logits))
        place += len(lesson.inputs)
    return [lesson for lesson in found if lesson.inputs]


def _of_one(lesson: Lesson, logits: list[NDArray[np.float32]]) -> Lesson:
    if lesson.span is None:
        chosen = zip(lesson.inputs, logits, strict=True)
        return Lesson([cut(one, *[taken(one, scores)] * 2)[0] for one, scores in chosen], None)
    passage, (first, last) = lesson.inputs[0], lesson.span
    own = range(sentence(passage, first), sentence(passage, last) + 1)
    answer, moved = cut(passage, own[0], own[-1])
    answering = {*own, *repeating(passage, passage.ids[first : last + 1])}
    inputs = [answer]
    if len(answering) < len(passage.ends):
        inputs.append(cut(passage, *[taken(passage, logits[0], answering)] * 2)[0])
    for one, scores in zip(lesson.inputs[1:], logits[1:], strict=True):
        inputs.append(cut(one, *[taken(one, scores)] * 2)[0])
    return Lesson(inputs, (first - moved, last - moved))


def cut(passage: Input, first: int, last: int) -> tuple[Input, int]:
    """Its sentences `first` to `last` and the one before, and by how many tokens they moved."""
    start, end = starts(passage)[max(first - 1, 0)], passage.ends[last]
    kept = (passage.ids[: passage.begin], passage.ids[start:end], passage.ids[-1:])
    moved = start - passage.begin
    ends = tuple(place - moved for place in passage.ends[max(first - 1, 0) : last + 1])
    return passage._replace(ids=np.concatenate(kept), ends=ends), moved


def taken(passage: Input, logits: NDArray[np.float32], but: Container[int] = ()) -> int:
    """The sentence in which an answer seems likeliest, of those not excluded."""
    places = enumerate(zip(starts(passage), passage.ends, strict=True))
    scored = [(logits[a:b].max(axis=0).sum(), -n) for n, (a, b) in places if n not in but]
    return -int(max(scored)[1])


def repeating(passage: Input, answer: NDArray[np.int64]) -> set[int]:
    """The sentences that hold these tokens."""
    found = set()
    for number, (start, end) in enumerate(zip(starts(passage), passage.ends, strict=True)):
        if end - start >= len(answer):
            runs = sliding_window_view(passage.ids[start:end], len(answer))
            if (runs == answer).all(axis=1).any():
                found.add(number)
    return found


def sentence(passage: Input, token: int) -> int:
    """The number of the sentence that holds a token."""
    return min(int(np.searchsorted(passage.ends, token, side="right")), len(passage.ends) - 1)


def starts(passage: Input) -> list[int]:
    """The first token of each sentence."""
    return [passage.begin, *passage.ends[:-1]]
