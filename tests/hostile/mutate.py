"""Mutants of samples/. Each depends on the seed and its number only."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from random import Random

from tests.hostile.mutate_pdf import PDF_MUTATIONS
from tests.hostile.mutate_text import TEXT_MUTATIONS

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = (
    "{0}", "..{0}", "$(touch written){0}", "`touch written`{0}", "'; drop table mart;--{0}", "=1+1{0}", "-rf{0}",
    "%s%n{0}", "\u202e{0}", "\x1b[2J{0}", "a\nb{0}", "\udcff{0}", "CON{0}", "{0}" + "长" * 60, " {0} ",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mutated sample; `name` is a file name as publishers choose it, or a hostile one."""

    number: int
    original: Path
    mutation: str
    name: str
    data: bytes


def mutants(seed: int, count: int) -> Iterator[Mutant]:
    """All mutations of PDFs and of texts in turn; the sample and the name are random."""
    return islice((_mutant(seed, number) for number in range(10**9)), count)


def _mutant(seed: int, number: int) -> Mutant:
    dice = Random(f"{seed} {number}")
    mutations = [*((".pdf", one) for one in PDF_MUTATIONS), *((".txt", one) for one in TEXT_MUTATIONS)]
    suffix, mutate = mutations[number % len(mutations)]
    original = dice.choice(_samples(suffix))
    name = dice.choice(NAMES).format(f"{number:03}") + suffix
    return Mutant(number, original, _title(suffix, mutate), name, mutate(_bytes(original), dice))


def _title(suffix: str, mutate: Callable) -> str:
    return f"{suffix[1:]} {mutate.__name__.replace('_', ' ')}"


@cache
def _samples(suffix: str) -> list[Path]:
    return sorted(path for path in SAMPLES.iterdir() if path.suffix == suffix)


@cache
def _bytes(path: Path) -> bytes:
    return path.read_bytes()
