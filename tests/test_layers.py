"""The direction of imports, what is imported where, and how large a file may be."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGES = ("index", "rag", "eval", "page")
FILES = sorted([ROOT / "app.py", *(f for name in PACKAGES for f in (ROOT / name).rglob("*.py"))])
ASSETS = sorted(f for kind in ("js", "css") for f in (ROOT / "page").glob(f"*.{kind}"))
OURS = {*PACKAGES, "app"}

# What each part may import of ours.
MAY = {
    "index": {"index"},
    "rag": {"rag", "index"},
    "eval": {"eval", "rag", "index"},
    "page": {"page", "rag", "index"},
    "app": {"app", "page", "rag", "index"},
}
# The command line opens what stands above it, each within its own command.
COMMANDS = {("rag/commands/serving.py", "app"), ("rag/cli.py", "eval")}

# Third-party packages that more than one file imports, each with its reason.
SEVERAL = {
    "fastapi": "each door says its routes, the server joins them",
    "numpy": "vectors are arrays wherever they pass: encoders, SQLite, FAISS, means",
    "pydantic": "rows of files and requests are checked by it; LangChain's classes are made of it",
    "rich": "progress, answers, figures: what a terminal shows",
    "starlette": "routes, requests and responses of each door, and what stands in front of them",
    "typer": "the commands, and the options that several of them take",
    "tantivy": "the index, and the lists of stop words that it ships",
    "gradio": "app.py mounts the page, the page makes it",
}
# Dependencies that no file of ours imports, each with who needs it.
UNDER_OTHERS = {
    "lxml-html-clean": "trafilatura, beside lxml 6",
    "python-multipart": "starlette, to read a form",
    "torch": "sentence-transformers; an unpinned one brings other builds",
}
HEAVY = (
    "torch", "sentence_transformers", "transformers", "gradio", "fastapi", "langchain",
    "langchain_core", "mcp", "trafilatura", "dateparser",
)  # fmt: skip
CODE_FROM_DATA = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
RUN_CODE = {
    "eval", "exec", "compile", "__import__", "yaml.load", "yaml.unsafe_load", "yaml.full_load",
    "torch.load", "os.system", "os.popen", "runpy.run_path", "FAISS.load_local",
}  # fmt: skip
TRUST = {"allow_dangerous_deserialization", "trust_remote_code", "allow_pickle", "shell"}
LONGEST = 300  # lines of a file


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """The names of modules imported, and whether while running: not for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{short(path)} imports relatively"
            names = [node.module or ""]
        else:
            continue
        yield from ((name, id(node) not in typing_only) for name in names)


def tops(path: Path, *, running: bool = False) -> set[str]:
    """The packages that a file imports; with `running`, those for types alone left out."""
    return {name.partition(".")[0] for name, runs in imports(path) if runs or not running}


@pytest.mark.parametrize("path", FILES, ids=short)
def test_imports_go_one_way(path: Path) -> None:
    part = path.relative_to(ROOT).parts[0].removesuffix(".py")
    allowed = MAY[part] | {name for file, name in COMMANDS if file == short(path)}
    assert tops(path) & OURS <= allowed


def test_the_command_line_opens_what_is_above_it_only_where_it_is_used() -> None:
    tree = ast.parse((ROOT / "rag" / "cli.py").read_text(encoding="utf-8"))
    first = {ast.unparse(n).split()[1] for n in tree.body if isinstance(n, ast.Import)}
    first |= {n.module or "" for n in tree.body if isinstance(n, ast.ImportFrom)}
    own = {f"rag.commands.{name}" for name in ("exits", "keeping", "options", "serving")}
    first -= own
    assert not {name.partition(".")[0] for name in first} & {"app", "eval", "page", "rag"}


def test_each_dependency_is_imported_in_one_place() -> None:
    places: dict[str, set[str]] = {}
    for path in FILES:
        for name in tops(path, running=True) - OURS - sys.stdlib_module_names:
            places.setdefault(name, set()).add(short(path))
    spread = {name: sorted(files) for name, files in places.items() if len(files) > 1}
    assert {name: files for name, files in spread.items() if name not in SEVERAL} == {}
    assert set(SEVERAL) <= set(spread), "an exception that is no longer needed"


def test_the_server_reads_no_addresses() -> None:
    """Only who may use the command line has pages fetched: not who asks, signed in or not."""
    names = {"index.web", "index.fetch"}
    users = {short(path) for path in FILES if names & {name for name, _ in imports(path)}}
    assert {user for user in users if not user.startswith("index/")} == {"rag/commands/progress.py"}


def test_each_dependency_is_imported_or_under_another() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=]", each)[0] for each in project["dependencies"]}
    imported = {name for path in FILES for name in tops(path)}
    brought: dict[str, set[str]] = {}
    for module, distributions in packages_distributions().items():
        for each in distributions:
            brought.setdefault(re.sub(r"[-_.]+", "-", each).lower(), set()).add(module)
    unused = {name for name in names if not brought[name.lower()] & imported}
    assert unused == set(UNDER_OTHERS)


@pytest.mark.parametrize("path", FILES, ids=short)
def test_nothing_runs_code_that_data_brings(path: Path) -> None:
    assert not tops(path) & CODE_FROM_DATA
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not {ast.unparse(call.func) for call in calls} & RUN_CODE
    given = {word.arg: ast.unparse(word.value) for call in calls for word in call.keywords}
    assert not {word for word in given if word in TRUST and given[word] != "False"}


@pytest.mark.parametrize("path", [*FILES, *ASSETS], ids=short)
def test_a_file_is_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_an_exception_to_a_rule_says_why() -> None:
    tracked = subprocess.run(
        ["git", "ls-files", "*.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    bare = re.compile(r"# (?:noqa(?!: [A-Z0-9, ]+ - .)|type: ignore(?!\[[a-z, -]+\]  # .))")
    lines = {name: (ROOT / name).read_text(encoding="utf-8").splitlines() for name in tracked}
    found = [f"{name}: {line}" for name in lines for line in lines[name] if bare.search(line)]
    assert found == []


@pytest.mark.parametrize("path", FILES, ids=short)
def test_what_a_file_keeps_for_itself_it_uses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = re.findall(r"^(?:def |class )?(_\w+)(?: = |: |\()", text, re.MULTILINE)
    called_by_python = {"__getattr__", "__dir__"}
    decorated = set(re.findall(r"^@.*\ndef (\w+)", text, re.MULTILINE))
    once = {name for name in named if len(re.findall(rf"\b{name}\b", text)) == 1}
    assert once - called_by_python - decorated == set()


ASKING = """
import sys
from pathlib import Path
import rag, index
import index.types, index.errors, index.store, index.embed, index.build
import rag.types, rag.chain, rag.cite, rag.record, rag.understand
import rag.commands.batch, rag.commands.terminal
loaded = [name for name in {heavy!r} if name in sys.modules]
chain = rag.chain.open_chain(Path(sys.argv[1]))
answer = chain.ask("Combien de soldats la Corée du Nord a-t-elle envoyés ?")
assert answer.status == "answered"
print(loaded, [name for name in {heavy!r} if name in sys.modules])
"""


def test_asking_loads_nothing_heavy(corpus_library: Path) -> None:
    code = ASKING.format(heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code, str(corpus_library)],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.strip() == "[] []"


def test_the_map_of_parts_is_the_one_on_disk() -> None:
    assert all((ROOT / part).is_dir() for part in PACKAGES)
    assert {path.relative_to(ROOT).parts[0].removesuffix(".py") for path in FILES} == set(MAY)
