"""Training the models: stopped and resumed is as good as never stopped; exports round-trip."""

import hashlib
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file
from torch import Tensor

from index import models
from rag.reading_model import FOLDER as READER_FOLDER
from train import checkpoint, contextual_folder, encoder, reader_folder, shipped, vocabulary
from train.altered import Names
from train.batches import Recipe, Schedule
from train.bert import CLS, PAD, SEP, WORDS, Embedder, body, new_body, read_state
from train.cloze import Cloze, running_text
from train.contextual import Recipe as ContextualRecipe
from train.contextual import Student
from train.corpus import VOCABULARY, Corpus, encode, open_corpus
from train.encoder_folder import embed, unit_means, write_folder
from train.heldout import HeldOut, read_held_out
from train.lessons import Lessons
from train.lessons import Recipe as ReaderRecipe
from train.mixture import Asking
from train.reader import begun, follow
from train.reader_figures import best_span
from train.reader_folder import Session
from train.reader_model import Reader, batched, put_together
from train.reader_training import Training
from train.reading import Passage, Reading
from train.rows import RowAdam
from train.tiny import write_data
from train.vocabulary import prepare

SMALL = Recipe(dim=8, epochs=4, question_epochs=2, batch=16, block=4, questions=2, passages=4)

NO_TEACHER: Any = None
"""Questions are learnt without one."""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_data(tmp_path_factory.mktemp("train") / "data")


@pytest.fixture(scope="module")
def held_out(data: Path) -> HeldOut:
    return read_held_out(data, data.parent / "articles" / "newswire")


@pytest.fixture(scope="module")
def corpus(data: Path) -> Corpus:
    return open_corpus(data, data.parent / "cache")


@pytest.fixture(scope="module")
def untrained() -> tuple[Tensor, dict[str, Tensor]]:
    """Word rows and body as `train.bert.read_state` gives them, from random numbers."""
    torch.manual_seed(0)
    state = {name: tensor for name, tensor in new_body().state_dict().items() if name != WORDS}
    return torch.randn(64_003, 384) * 0.05, state


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    """As in training; sums over threads would not repeat to the bit."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def same(first: dict[str, Tensor], second: dict[str, Tensor]) -> bool:
    return first.keys() == second.keys() and all(torch.equal(first[n], second[n]) for n in first)


def test_a_resumed_encoder_is_the_uninterrupted_one(
    corpus: Corpus, held_out: HeldOut, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = encoder.train(Schedule(corpus, SMALL), held_out, tmp_path / "whole", "cpu")
    monkeypatch.setattr(encoder, "SAVE_SECONDS", -1)
    schedule = Schedule(corpus, SMALL)
    killed = schedule.steps // 2
    rate = schedule.rate

    def rate_until_killed(step: int) -> float:
        if step == killed:
            raise KeyboardInterrupt
        return rate(step)

    monkeypatch.setattr(schedule, "rate", rate_until_killed)
    with pytest.raises(KeyboardInterrupt):
        encoder.train(schedule, held_out, tmp_path / "parts", "cpu")
    resumed = encoder.train(Schedule(corpus, SMALL), held_out, tmp_path / "parts", "cpu")
    assert whole.rows.steps == resumed.rows.steps == schedule.steps
    assert same(whole.rows.state(), resumed.rows.state())


def test_row_adam_is_sparse_adam() -> None:
    torch.manual_seed(0)
    table = torch.randn(20, 4)
    mine = RowAdam(table.clone())
    weight = torch.nn.Parameter(table.clone())
    theirs = torch.optim.SparseAdam([weight], lr=0.02)
    for ids in ([3, 5, 3], [5, 7, 0]):
        used, rows, places = mine.gather(np.asarray(ids, np.uint16))
        rows[places].pow(2).sum().backward()
        mine.step(used, rows, 0.02)
        theirs.zero_grad()
        loss = torch.nn.functional.embedding(torch.tensor(ids), weight, sparse=True).pow(2).sum()
        loss.backward()
        theirs.step()
    assert torch.allclose(mine.table, weight.detach(), atol=1e-6)


def test_the_exported_encoder_gives_the_same_vectors_everywhere(
    held_out: HeldOut, tmp_path: Path
) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    table = torch.randn(64_000, 16, generator=torch.Generator().manual_seed(0))
    folder = tmp_path / "encoder"
    write_folder(table, folder, held_out)
    encoding = vocabulary.load(VOCABULARY)
    texts = ["", "Été", "Der Zug fährt.", "日本", "ΟΔΟΣ " * 2_000]
    vectors = embed(folder, encoding, texts)
    exact = unit_means(table.numpy(), encode(encoding, texts))
    assert not vectors[0].any()
    assert (vectors[1:] * exact[1:]).sum(1).min() > 0.999
    theirs = sentence_transformers.SentenceTransformer(str(folder), device="cpu").encode(texts)
    assert np.abs(vectors - theirs).max() < 1e-5
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    files = [p for p in folder.rglob("*") if p.is_file() and p.name != "SHA256SUMS"]
    assert set(listed) == {str(path.relative_to(folder)) for path in files}
    for path in files:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert listed[str(path.relative_to(folder))] == digest


def test_a_resumed_student_is_the_uninterrupted_one(
    corpus: Corpus, untrained: tuple[Tensor, dict[str, Tensor]], tmp_path: Path
) -> None:
    batch = Asking(corpus.question, corpus.passage.take(np.arange(len(corpus.passage)), 20))
    recipe = ContextualRecipe(steps=4)
    whole = Student(untrained[0].clone(), untrained[1], recipe, "cpu")
    for _ in range(2):
        whole.learn(batch, NO_TEACHER)
    checkpoint.save(tmp_path, whole.state())
    resumed = Student(untrained[0].clone(), untrained[1], recipe, "cpu")
    saved = checkpoint.load(tmp_path)
    assert saved is not None
    resumed.restore(saved)
    for student in (whole, resumed):
        student.learn(batch, NO_TEACHER)
    assert same(whole.state(), resumed.state())


def test_a_resumed_reader_is_the_uninterrupted_one(
    data: Path, untrained: tuple[Tensor, dict[str, Tensor]], tmp_path: Path
) -> None:
    reading = Reading(data, vocabulary.load(VOCABULARY))
    recipe = ReaderRecipe(steps=4, questions=3, made=0.3, alone_every=1)
    cloze = Cloze(reading, running_text(data))
    lessons = Lessons(reading, cloze, [problem.own for problem in reading.problems], recipe)
    whole = Training(untrained[0].clone(), untrained[1], recipe, "cpu")
    whole.learn(lessons.of(0))
    checkpoint.save(tmp_path, whole.state())
    resumed = Training(untrained[0].clone(), untrained[1], recipe, "cpu")
    saved = checkpoint.load(tmp_path)
    assert saved is not None
    resumed.restore(saved)
    for training in (whole, resumed):
        training.learn(lessons.of(1))
    assert same(whole.state(), resumed.state())


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the legacy exporter
def test_the_exported_reader_agrees_with_torch(
    untrained: tuple[Tensor, dict[str, Tensor]], tmp_path: Path
) -> None:
    words, state = untrained
    reader = Reader(body(state)).eval()
    reader_folder.write(reader, tmp_path)
    inputs = [put_together([5, 6], list(range(100, 100 + n)), 4) for n in (9, 70)]
    exact = Session(tmp_path / reader_folder.EXACT, words.numpy())
    small = Session(tmp_path / reader_folder.SMALL, words.numpy())
    for one, given, rounded in zip(
        inputs, exact.read_all(inputs), small.read_all(inputs), strict=True
    ):
        batch = batched([one])
        with torch.no_grad():
            spans, relevance = reader(words[batch.ids], torch.from_numpy(batch.types), None)
        inside = torch.from_numpy(batch.text[0])
        for found, near in ((given, 1e-4), (rounded, 0.05)):
            assert torch.allclose(found[0][inside], spans[0][inside], atol=near)
            assert found[1] == pytest.approx(float(relevance), abs=near)
    kept = checkpoint.under("reader.", shipped.weights(tmp_path / reader_folder.SMALL))
    known = reader.state_dict()
    assert {name for name in known if name.endswith(("query.weight", "span.weight"))} <= set(kept)
    for name, weight in kept.items():  # equal biases are written once
        assert weight == pytest.approx(known[name], abs=float(known[name].abs().max()) / 99), name


def test_the_shipped_reader_can_be_trained_further() -> None:
    training = begun(READER_FOLDER, ReaderRecipe(), "cpu")
    encode = vocabulary.load(VOCABULARY).encode_ordinary
    passage = encode(" le maire de lyon a envoyé dix soldats mardi.")
    one = put_together(encode(" combien de soldats ?"), passage, 0)
    [(_, score)] = Session(READER_FOLDER / shipped.READER, training.words.numpy()).read_all([one])
    [(_, again)] = training.read_all([one])
    assert again == pytest.approx(score, abs=0.2)  # bfloat16 beside int8


def test_a_reader_follows_its_body(tmp_path: Path) -> None:
    training = begun(READER_FOLDER, ReaderRecipe(), "cpu")
    words, state = read_state(models.folder("contextual"))
    further = {name: tensor + 0.25 for name, tensor in {**state, WORDS: words}.items()}
    save_file(further, tmp_path / "further.safetensors")
    before = {name: weight.clone() for name, weight in training.model.state_dict().items()}
    rows = training.words.clone()
    follow(training, models.folder("contextual"), tmp_path / "further.safetensors")
    after = training.model.state_dict()
    moved = {name for name in after if not torch.equal(after[name], before[name])}
    assert moved == {f"body.{name}" for name in state}
    assert all(torch.allclose(after[name], before[name] + 0.25, atol=1e-5) for name in moved)
    assert torch.allclose(training.words, rows + 0.25, atol=1e-5)


def test_a_passage_without_its_answer_keeps_the_rest(data: Path) -> None:
    reading = Reading(data, vocabulary.load(VOCABULARY))
    ids = reading.encoding.encode_ordinary(prepare("Titre ."))
    text = "Le maire part mardi. Paul Durand le remplace. Le conseil a voté."
    passage = Passage(ids, len(ids), "doc", text)
    left = reading.without(passage, "paul durand")
    assert left is not None
    said = reading.encoding.decode(left.ids)
    assert "durand" not in said
    assert "mardi" in said
    assert "conseil" in said
    assert reading.without(passage, "Pierre") is None
    assert reading.without(passage._replace(text="Paul Durand part."), "Paul Durand") is None


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the legacy exporter
def test_the_exported_contextual_encoder_agrees_with_torch(
    corpus: Corpus, untrained: tuple[Tensor, dict[str, Tensor]], tmp_path: Path
) -> None:
    words, state = untrained
    contextual_folder.write(words, state, tmp_path)
    texts = corpus.passage.take(np.arange(len(corpus.passage)), 60)
    exact = Embedder(body(state).eval(), words, (CLS, SEP, PAD))(texts)
    for name, near in ((contextual_folder.EXACT, 0.9999), (contextual_folder.SMALL, 0.995)):
        encoder = contextual_folder.Encoder(words.numpy(), tmp_path / "contextual" / name)
        assert (encoder(texts) * exact).sum(1).min() > near


def test_a_question_is_altered_in_what_the_passage_says_and_nothing_else() -> None:
    names = Names([("Que dit la Corée du Nord ?", "fr"), ("Où va Paul Durand ?", "fr")])
    rng = random.Random(0)
    passage = "La Corée du Nord a envoyé des soldats en 2024, dit la France."
    turned = "Que fait la Corée du Nord ?"
    assert names.altered(turned, "fr", passage, rng) != turned
    assert names.altered("Combien en 2024 ?", "fr", passage, rng) not in {None, "Combien en 2024 ?"}
    assert names.altered("Combien de chevaux ?", "fr", passage, rng) is None


def test_the_best_span_lies_in_the_text_and_ends_after_it_begins() -> None:
    logits = torch.full((6, 2), -torch.inf)
    logits[2:5] = torch.tensor([[0.0, 5.0], [3.0, 1.0], [1.0, 2.0]])
    assert best_span(logits) == (2, 2, 5.0) or best_span(logits)[:2] == (3, 4)
