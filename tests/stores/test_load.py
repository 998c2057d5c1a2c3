"""How a load deals out what it sends."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.stores.load import waves

_IDS = st.text("abcdefgh", min_size=1, max_size=2)


@given(
    st.lists(st.tuples(st.sampled_from(["USES", "CITES"]), _IDS, _IDS), max_size=80),
    st.integers(1, 5),
    st.integers(1, 7),
)
def test_batches_that_are_sent_together_share_no_node(
    ends: list[tuple[str, str, str]], workers: int, size: int
) -> None:
    edges = [(type_, {"source": a, "target": b}) for type_, a, b in ends]
    sent = []
    for wave in waves(edges, workers, size):
        assert 1 <= len(wave) <= workers
        assert all(1 <= len(batch) <= size for batch in wave)
        nodes = [{row[end] for _, row in batch for end in ("source", "target")} for batch in wave]
        assert all(one.isdisjoint(other) for one, other in combinations(nodes, 2))
        sent += [edge for batch in wave for edge in batch]
    assert Counter((t, row["source"], row["target"]) for t, row in sent) == Counter(ends)


def test_many_edges_keep_all_workers_busy() -> None:
    edges = [("CITES", {"source": f"p{i}", "target": f"p{i * 7 % 1000}"}) for i in range(5_000)]
    sizes = [len(wave) for wave in waves(edges, 2, 50)]
    assert sizes.count(2) > 0.8 * len(sizes)
