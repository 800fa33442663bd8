"""What tells one fact from another in every graph."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd
import pyarrow as pa

from kb.model.shape import EdgeType

#: Fact identifiers have 52 bits, so that they survive JSON and JavaScript unrounded.
_FACT_BITS = np.uint64((1 << 52) - 1)
_PRIME = np.uint64(0x9E3779B97F4A7C15)


def fact_ids(declared: EdgeType, source: str, table: pa.Table) -> pa.Array:
    """A stable identifier per edge (int64, 52 bits): the same fact of the same source has the same one in every graph.

    It digests the type, the source, both ends and the properties the model names as the type's identity.
    """
    seed = hashlib.blake2b(f"{declared.name}|{source}".encode(), digest_size=8).digest()
    mixed = np.full(table.num_rows, int.from_bytes(seed, "big"), dtype=np.uint64)
    for name in ("start", "end", *declared.identity):
        column = table[name]
        if not pa.types.is_string(column.type):
            column = column.cast(pa.string())
        hashed = pd.util.hash_array(column.fill_null("").to_numpy(zero_copy_only=False))
        mixed = (mixed ^ hashed) * _PRIME
        mixed ^= mixed >> np.uint64(29)
    return pa.array((mixed & _FACT_BITS).astype(np.int64))
