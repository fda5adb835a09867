"""Two texts never have one name."""

from hypothesis import given
from hypothesis import strategies as st

from engine.results.text_names import text_names

PATHS = st.lists(st.sampled_from(["a", "b", "~", ".", "test.txt"]), min_size=1, max_size=4).map("/".join)


def test_a_text_alone_is_named_by_its_file() -> None:
    assert text_names(["/data/books/wiki.txt"]) == {"/data/books/wiki.txt": "wiki.txt"}


def test_as_many_folders_are_named_as_it_takes() -> None:
    names = text_names(["/x/a/test.txt", "/x/b/test.txt", "/x/b/other.txt"])
    assert list(names.values()) == ["a/test.txt", "b/test.txt", "other.txt"]


def test_a_path_that_is_the_end_of_another_is_named_as_it_is_given() -> None:
    assert text_names(["test.txt", "a/test.txt"]) == {"test.txt": "test.txt", "a/test.txt": "a/test.txt"}


@given(st.sets(PATHS, max_size=6))
def test_no_two_texts_have_one_name(texts: set[str]) -> None:
    assert len(set(text_names(texts).values())) == len(texts)
