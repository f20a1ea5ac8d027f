"""Makes the files of samples/ from samples/figures/.

usage: python samples/typeset.py [NAME…]     without names: all samples and the files of samples/bad/
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from typesetting import bad, figures, pdf, prose, text

SAMPLES = Path(__file__).parent
WRITERS = {"pdf": pdf.write_pdf, "txt": text.write_text}


def typeset(name):
    sample = figures.read_sample(name)
    for suffix in sample.layout["output"]:
        path = SAMPLES / sample.layout.get("path", f"{name}.{suffix}")
        WRITERS[suffix](sample, prose.build_blocks(sample), path)
        yield path


def main(names):
    for name in names or figures.sample_names():
        for path in typeset(name):
            print(f"{path.relative_to(SAMPLES)}  {path.stat().st_size:,} bytes")
    if not names:
        bad.write_all(SAMPLES)


if __name__ == "__main__":
    main(sys.argv[1:])
