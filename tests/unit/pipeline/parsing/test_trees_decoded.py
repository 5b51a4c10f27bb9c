import numpy as np
import pytest

from service.pipeline.parsing.network import Labels
from service.pipeline.parsing.tree_decoding import decode_heads
from service.pipeline.parsing.tree_mending import (
    mend_described,
    mend_left_headed,
    mend_lone_subjects,
    mend_subjects,
    mend_times,
    mend_titles,
)
from service.pipeline.parsing.trees import ROOT


def is_tree(heads: list[int]) -> bool:
    def reaches_root(word: int) -> bool:
        seen = set()
        while word != ROOT and word not in seen:
            seen.add(word)
            word = heads[word]
        return word == ROOT

    return heads.count(ROOT) == 1 and all(reaches_root(word) for word in range(len(heads)))


def test_the_best_heads_are_kept_where_they_form_a_tree() -> None:
    arc = np.full((4, 4), -5.0)
    arc[1, 2] = arc[2, 0] = arc[3, 2] = 5.0
    assert decode_heads(arc) == [1, ROOT, 1]


def test_a_cycle_is_opened_where_it_costs_least() -> None:
    arc = np.full((4, 4), -5.0)
    arc[1, 2] = arc[2, 1] = 5.0  # words 0 and 1 head each other
    arc[3, 0] = 5.0
    arc[2, 3] = 4.0  # the dearest way out
    assert decode_heads(arc) == [1, 2, ROOT]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_scores_the_heads_form_a_tree(seed: int) -> None:
    size = seed % 9 + 1
    arc = np.random.default_rng(seed).normal(size=(size + 1, size + 1))
    assert is_tree(decode_heads(arc))


def test_a_conjunct_hangs_on_a_word_before_it() -> None:
    arc = np.zeros((5, 5))
    arc[2, 1] = 3.0
    heads = mend_left_headed(arc, [3, 2, 3, ROOT], ["nsubj", "conj", "obj", "root"])
    assert heads == [3, 0, 3, ROOT]


def test_a_verb_keeps_its_surest_subject_and_the_other_goes_where_it_fits_next_best() -> None:
    # the minister, who accused Greece, met: 0 minister, 1 accused, 2 Greece, 3 met
    arc = np.zeros((5, 5))
    arc[1, 4], arc[3, 4], arc[3, 2] = 6.0, 3.0, 2.5
    relations = ["nsubj", "acl:relcl", "nsubj", "root"]
    assert mend_subjects(arc, [3, 0, 3, ROOT], relations, [0, 1, 2, 3]) == [3, 0, 1, ROOT]


def test_conjuncts_with_nothing_between_them_are_title_and_name() -> None:
    # Syria and its ally Russia
    heads, relations = mend_titles([ROOT, 3, 3, 0, 0], ["root", "cc", "nmod:poss", "conj", "conj"])
    assert heads == [ROOT, 4, 3, 4, 0]
    assert relations == ["root", "cc", "nmod:poss", "nmod:desc", "conj"]


def test_a_type_has_its_own_modes_or_none() -> None:
    labels = Labels((), (), ("NONE", "AID", "RETREAT"), (), ("release", "visit", "-"), (), ((), (), ("release",)))
    assert (labels.mode_scores() == 0).tolist() == [[False, False, True], [False, False, True], [True, False, True]]


def test_a_network_that_knows_no_modes_of_types_lets_each_have_any() -> None:
    assert not Labels((), (), ("NONE", "AID"), (), ("visit", "-"), ()).mode_scores().any()


def test_a_time_before_the_marker_of_a_clause_belongs_above_it() -> None:
    # accused them Monday of lying; they Monday after lying left
    relations = ["root", "obj", "obl:unmarked", "mark", "advcl"]
    assert mend_times([ROOT, 0, 4, 4, 0], relations) == [ROOT, 0, 0, 4, 0]
    assert mend_times([ROOT, 0, 0, 4, 0], relations) == [ROOT, 0, 0, 4, 0]


def test_a_noun_before_a_verb_is_its_subject_and_no_title() -> None:
    relations = ["nsubj", "root", "cc", "nmod:desc", "conj"]
    assert mend_lone_subjects([1, ROOT, 4, 4, 1], relations, [1, 4]) == ["nsubj", "root", "cc", "nsubj", "conj"]
    joined = ["compound", "amod", "root"]
    assert mend_lone_subjects([1, 2, ROOT], joined, [1]) == joined


def test_what_describes_a_person_hangs_on_the_name_and_not_on_the_title() -> None:
    # Minister Sergei Lavrov, who accused ... met
    relations = ["nmod:desc", "nsubj", "flat", "punct", "nsubj", "acl:relcl", "root"]
    assert mend_described([1, 6, 1, 5, 5, 0, ROOT], relations) == [1, 6, 1, 5, 5, 1, ROOT]
    # the minister who accused Lavrov: before its name no clause stands
    before = ["det", "nmod:desc", "nsubj", "acl:relcl", "nsubj", "root"]
    assert mend_described([1, 4, 3, 1, 5, ROOT], before) == [1, 4, 3, 1, 5, ROOT]
