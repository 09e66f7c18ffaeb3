"""The reader under training: one step on lessons, and the same lessons sentence by sentence.

Knows neither the files nor the command line.
"""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from train import checkpoint
from train.alone import alone
from train.bert import body
from train.lessons import Lesson, Recipe
from train.reader_model import Batch, Input, Reader, batched


class Training:
    """The reader under training, its optimisers and its steps."""

    def __init__(
        self, words: Tensor, state: dict[str, Tensor], recipe: Recipe, device: str
    ) -> None:
        torch.manual_seed(recipe.seed)
        self.recipe = recipe
        self.model = Reader(body(state)).to(device)
        self.words = words.to(device)
        self.steps = 0
        named = [(n, w) for n, w in self.model.named_parameters() if "word_embeddings" not in n]
        heads = [w for n, w in named if not n.startswith("body.")]
        bodies = [w for n, w in named if n.startswith("body.")]
        self.rates = (recipe.body_rate, recipe.head_rate)
        self.optimiser = torch.optim.AdamW(
            [{"params": bodies}, {"params": heads}], weight_decay=recipe.decay, fused=True
        )

    def learn(self, lessons: list[Lesson]) -> tuple[float, float, float]:
        """One step; (span loss, relevance loss, both losses of sentences alone)."""
        lessons = self.hardest(lessons)
        spans, scores = self.read(lessons)
        span_loss, relevance_loss = losses(lessons, spans, scores)
        sentence_loss, every = torch.zeros(()), self.recipe.alone_every
        if every and self.steps % every == 0:
            sentences = alone(lessons, spans)
            sentence_loss = torch.stack(losses(sentences, *self.read(sentences))).sum()
        (span_loss + relevance_loss + sentence_loss).backward()
        self._move()
        return span_loss.item(), relevance_loss.item(), sentence_loss.item()

    @torch.no_grad()
    def hardest(self, lessons: list[Lesson]) -> list[Lesson]:
        """The lessons with only those wrong passages that look most like an answer."""
        if self.recipe.offered <= self.recipe.wrong:
            return lessons
        found = list(lessons)
        kept = [self.recipe.wrong + (lesson.span is None) for lesson in lessons]
        rights = [int(lesson.span is not None) for lesson in lessons]
        wrong = [lesson.inputs[own:] for lesson, own in zip(lessons, rights, strict=True)]
        more = [n for n, inputs in enumerate(wrong) if len(inputs) > kept[n]]
        if not more:
            return found
        _, scores = self.read([Lesson(wrong[n], None) for n in more])
        for n in more:
            own, scores = scores[: len(wrong[n])], scores[len(wrong[n]) :]
            order = sorted(range(len(own)), key=lambda place: -float(own[place]))
            chosen = [wrong[n][place] for place in order[: kept[n]]]
            found[n] = Lesson([*lessons[n].inputs[: rights[n]], *chosen], lessons[n].span)
        return found

    def read(self, lessons: list[Lesson]) -> tuple[list[Tensor], list[Tensor]]:
        """(span logits (length, 2), relevance logits ()) of the inputs, in their order."""
        inputs = [one for lesson in lessons for one in lesson.inputs]
        spans: list[Tensor] = [torch.empty(0)] * len(inputs)
        scores: list[Tensor] = [torch.empty(0)] * len(inputs)
        for group in alike(inputs, self.recipe.groups):
            batch = batched([inputs[place] for place in group])
            found, relevance = self.model.read(self.rows(batch), batch)
            for row, place in enumerate(group):
                spans[place], scores[place] = found[row], relevance[row]
        return spans, scores

    def rows(self, batch: Batch) -> Tensor:
        """The word rows of a batch, (inputs, length, 384)."""
        return self.words[torch.from_numpy(batch.ids).to(self.words.device)]

    def _move(self) -> None:
        share = min((self.steps + 1) / self.recipe.warm_up, 1.0)
        share = min(share, 1 - self.steps / self.recipe.steps)
        for group, rate in zip(self.optimiser.param_groups, self.rates, strict=True):
            group["lr"] = rate * share
            torch.nn.utils.clip_grad_norm_(group["params"], self.recipe.clip)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.steps += 1

    @torch.no_grad()
    def read_all(self, inputs: Sequence[Input]) -> Iterator[tuple[Tensor, float]]:
        """(span logits (length, 2), relevance logit) of each input, in their order."""
        found: dict[int, tuple[Tensor, float]] = {}
        for group in alike(inputs, max(len(inputs) // 16, 1)):
            batch: Batch = batched([inputs[place] for place in group])
            spans, relevance = self.model.read(self.rows(batch), batch)
            for row, place in enumerate(group):
                found[place] = (spans[row].cpu(), float(relevance[row]))
        for place in range(len(inputs)):
            yield found[place]

    def state(self) -> dict[str, Tensor]:
        """Everything needed to go on."""
        state = {"words": self.words, "steps": torch.tensor(self.steps)}
        state |= {f"model.{name}": tensor for name, tensor in self.model.state_dict().items()}
        return state | checkpoint.moments(self.optimiser)

    def restore(self, state: dict[str, Tensor]) -> None:
        """Go on from what `state` gave."""
        self.words.copy_(state["words"])
        self.steps = int(state["steps"])
        self.model.load_state_dict(checkpoint.under("model.", state))
        checkpoint.set_moments(self.optimiser, state)


def alike(inputs: Sequence[Input], groups: int) -> list[list[int]]:
    """Places in groups of like length, so that little is padded."""
    order = sorted(range(len(inputs)), key=lambda place: len(inputs[place].ids))
    parts = np.array_split(np.asarray(order), min(groups, len(order)))
    return [[int(place) for place in part] for part in parts]


def losses(
    lessons: list[Lesson], spans: list[Tensor], scores: list[Tensor]
) -> tuple[Tensor, Tensor]:
    """The span's cross entropy; relevance against 0 or 1 and among each question's passages."""
    span_losses, listwise, labels, place = [], [], [], 0
    for lesson in lessons:
        count = len(lesson.inputs)
        labels += [float(lesson.span is not None), *([0.0] * (count - 1))]
        if lesson.span is not None:
            wanted = torch.tensor(lesson.span, device=spans[place].device)
            span_losses.append(cross_entropy(spans[place].T, wanted))
            own = torch.zeros((), dtype=torch.long, device=wanted.device)
            listwise.append(cross_entropy(torch.stack(scores[place : place + count]), own))
        place += count
    logits = torch.stack(scores)
    truth = torch.tensor(labels, device=logits.device)
    relevance = binary_cross_entropy_with_logits(logits, truth)
    zero = logits.new_zeros(())
    span_loss = torch.stack(span_losses).mean() if span_losses else zero
    return span_loss, relevance + (torch.stack(listwise).mean() if listwise else zero)
