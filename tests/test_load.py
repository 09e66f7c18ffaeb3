"""Which files are read as articles, and what is said of the others."""

import json
import os
import sys
from pathlib import Path

import pytest
from files import BODY, articles, write

from index.errors import InputError
from index.files import count_files, files_of
from index.load import load
from index.loaded import Loaded, LoadedArticle, Problem, Skipped


def problems(*paths: Path) -> dict[str, str]:
    return {item.path.name: item.message for item in load(paths) if isinstance(item, Problem)}


def skipped(*paths: Path) -> dict[str, str]:
    return {item.path.name: item.reason for item in load(paths) if isinstance(item, Skipped)}


# --- files and folders --------------------------------------------------------------------------


def test_ids_are_paths_under_what_was_indexed(tmp_path: Path) -> None:
    file = write(tmp_path / "press" / "newswire" / "n20-004.txt")
    assert set(articles(tmp_path / "press")) == {"newswire/n20-004"}
    assert set(articles(tmp_path / "press" / "newswire")) == {"n20-004"}
    assert set(articles(file)) == {"n20-004"}


def test_an_article_knows_where_it_came_from(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    found = articles(tmp_path)["a"]
    assert (found.path, found.root) == (file.absolute(), tmp_path.absolute())
    assert found.origins == {"title": "guess", "language": "detected"}


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a.txt", "b/10.txt", "c.txt"):
        write(tmp_path / name)
    assert list(articles(tmp_path)) == ["a", "b/10", "b/2", "c"]
    assert count_files([tmp_path]) == 4


def test_a_path_that_does_not_exist_stops_all_at_once(tmp_path: Path) -> None:
    write(tmp_path / "a.txt")
    with pytest.raises(InputError, match=r"nowhere does not exist.*check the path"):
        load([tmp_path, tmp_path / "nowhere"])


def test_what_is_no_article_is_skipped_with_a_reason(tmp_path: Path) -> None:
    write(tmp_path / "photo.jpg", b"\xff\xd8\0")
    write(tmp_path / "LICENSE")
    write(tmp_path / ".hidden.txt")
    write(tmp_path / ".git" / "a.txt")
    write(tmp_path / "README.md", "# Mode d'emploi\n\nCe dossier contient des articles.")
    os.mkfifo(tmp_path / "pipe.txt")
    assert skipped(tmp_path) == {
        "photo.jpg": "unknown format .jpg",
        "LICENSE": "no suffix that tells its format",
        ".hidden.txt": "hidden",
        ".git": "hidden",
        "README.md": "a README without front matter is no article",
        "pipe.txt": "not a regular file",
    }
    assert articles(tmp_path) == {}


def test_a_readme_with_front_matter_or_asked_for_is_an_article(tmp_path: Path) -> None:
    asked = write(tmp_path / "docs" / "README.md", f"# Titre\n\n{BODY}")
    assert set(articles(asked)) == {"README"}
    write(tmp_path / "site" / "README.md", f"---\ntitle: Titre\n---\n{BODY}")
    assert set(articles(tmp_path / "site")) == {"README"}


def test_links_lead_nowhere_out_of_the_folder(tmp_path: Path) -> None:
    secret = write(tmp_path / "outside" / "secret.txt")
    inside = write(tmp_path / "in" / "b" / "real.txt").parent.parent
    (inside / "a-link.txt").symlink_to(secret)
    (inside / "a-folder").symlink_to(secret.parent)
    (inside / "z-again.txt").symlink_to(inside / "b" / "real.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "circle.txt").symlink_to(inside / "circle.txt")
    assert set(articles(inside)) == {"b/real"}
    reasons = skipped(inside)
    assert (
        reasons["a-link.txt"]
        == reasons["a-folder"]
        == ("a link that leads out of the folder, or nowhere")
    )
    assert reasons["z-again.txt"] == "has been read already"
    assert reasons["loop"] == "a link to a folder, read where it really is"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_folders_and_files_that_may_not_be_read(tmp_path: Path) -> None:
    write(tmp_path / "closed" / "a.txt").parent.chmod(0)
    write(tmp_path / "b.txt").chmod(0)
    write(tmp_path / "c.txt")
    try:
        assert set(problems(tmp_path)) == {"closed", "b.txt"}
        assert set(articles(tmp_path)) == {"c"}
    finally:
        (tmp_path / "closed").chmod(0o700)


def test_a_file_is_read_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.txt")
    assert len(articles(tmp_path, file)) == 1
    assert skipped(tmp_path, file) == {"a.txt": "has been read already"}


def test_one_id_belongs_to_one_article(tmp_path: Path) -> None:
    write(tmp_path / "a.md")
    write(tmp_path / "a.txt")
    write(tmp_path / "b.jsonl", f'{{"id": "x", "text": "{BODY}"}}\n' * 2)
    found = problems(tmp_path)
    assert found["a.txt"].startswith("the id 'a' is already that of ")
    assert "a.md" in found["a.txt"]
    assert "b.jsonl" in found["b.jsonl"]
    assert set(articles(tmp_path)) == {"a", "x"}


def test_an_unknown_format_asked_for_is_a_problem(tmp_path: Path) -> None:
    message = problems(write(tmp_path / "a.xlsx", b"PK"))["a.xlsx"]
    assert message.startswith("has none of the formats .atom ")


def test_ids_with_control_characters_are_refused(tmp_path: Path) -> None:
    write(tmp_path / "a\nb.txt")
    write(tmp_path / "c.json", json.dumps({"id": "x\u0000y", "text": BODY}))
    write(tmp_path / os.fsdecode(b"d\xff.txt"))
    found = problems(tmp_path)
    assert len(found) == 3
    assert all("has control characters" in message for message in found.values())
    assert all("\n" not in message for message in found.values())


BAD_FILES: dict[str, tuple[str | bytes, str]] = {
    "empty.txt": ("  \n", "is empty"),
    "zeros.txt": (b"ab\0cd" * 9, "holds zero bytes"),
    "utf16.txt": (b"\xff\xfea\0\0", "begins as utf-16"),
    "noise.txt": (bytes(range(1, 256)) * 4, "is in no known encoding"),
    "furniture.txt": ("Web Analytics\n\nFacebookTwitter\n\n03:00", "no text after cleaning"),
    "numbers.txt": ("12 13 14", "no text after cleaning"),
    "front.md": (f"---\ntitle: [a\n---\n{BODY}", "is no YAML in line"),
    "code.md": (f"---\ntitle: !!python/object/apply:os.getcwd []\n---\n{BODY}", "is no YAML"),
    "deep.md": (f"---\na: {'[' * 3000}\n---\n{BODY}", "is no YAML"),
    "broken.json": ('{"text": "a', "is not JSON"),
    "deep.json": ("[" * 100_000, "is not JSON"),
    "number.json": ("12", "it is not an object"),
    "textless.json": ('{"title": "a"}', "it has no text"),
    "columns.csv": ("a;b\n1;2\n", "has no column named text"),
    "script.html": ("<script>var a = 'Bonjour';</script>", "no article was found"),
    "nested.html": ("<div>" * 3000 + BODY, "tags nested"),
}


def test_bad_files_never_stop_the_rest(tmp_path: Path) -> None:
    for name, (content, _) in BAD_FILES.items():
        write(tmp_path / name, content)
    write(tmp_path / "zz.txt")
    found = problems(tmp_path)
    assert set(articles(tmp_path)) == {"zz"}
    assert set(found) == set(BAD_FILES)
    for name, (_, expected) in BAD_FILES.items():
        assert expected in found[name], found[name]
        assert "\n" not in found[name]


# --- real articles ------------------------------------------------------------------------------


def test_real_articles(shared: Path) -> None:
    root = shared / "articles"
    items: list[Loaded] = list(load([root]))
    found = {item.article.id: item for item in items if isinstance(item, LoadedArticle)}
    assert len(found) == 5 + 445 + 1050
    assert [item.path.name for item in items if not isinstance(item, LoadedArticle)] == [
        "README.md"
    ]
    seed = found["seeds/003_e9801c4ce22a7652"].article
    assert seed.published == "2024-10"
    assert seed.text.startswith("Washington et Séoul ont")
    assert "\n\n\n" not in seed.text
    titles = [item.origins["title"] for item in found.values() if item.root == root]
    assert titles.count("guess") == 19 + 2


def test_a_folder_may_lie_deeper_than_calls_may_go(tmp_path: Path) -> None:
    folders = [tmp_path]
    for _ in range(sys.getrecursionlimit() + 100):
        folders.append(folders[-1] / "a")
        folders[-1].mkdir()
    article = folders[-1] / "port.txt"
    article.write_text("Le port.", encoding="utf-8")
    try:
        assert list(files_of(tmp_path)) == [article]
    finally:  # pytest could not remove them
        article.unlink()
        for folder in reversed(folders[1:]):
            folder.rmdir()
