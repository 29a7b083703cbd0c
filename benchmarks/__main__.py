"""Runs one benchmark, or all of them: `python -m benchmarks [NAME] [--data DIR]`.

`recall --log FILE.csv` measures on a review log, which is no part of the project: it runs alone.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from sysconfig import get_paths

NAMES = (
    "startup",
    "keys",
    "due",
    "memory",
    "fold",
    "library",
    "imports",
    "search",
    "deadline",
    "backlog",
    "anki",
)


def main() -> None:
    """Run what was asked for; all of them one after another when nothing was."""
    known = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    known.add_argument(
        "name", nargs="?", choices=(*NAMES, "recall"), help="one benchmark; all without it"
    )
    known.add_argument(
        "--data",
        type=Path,
        help="where homes are built and kept for the next run; else thrown away",
    )
    known.add_argument(
        "--small", action="store_true", help="leave out 100 000 cards, 1 000 000 events"
    )
    known.add_argument("--log", type=Path, help="a review log as CSV, for the benchmark `recall`")
    asked = known.parse_args()
    if (asked.name == "recall") != bool(asked.log):
        known.error("recall needs a review log, and nothing else does: --log FILE.csv")
    if asked.log:
        import_module("benchmarks.recall").run_on(asked.log)
    elif asked.data is None:
        with tempfile.TemporaryDirectory(prefix="offhand-benchmarks-") as folder:
            run(asked.name, Path(folder), asked.small)
    else:
        run(asked.name, asked.data.absolute(), asked.small)


def run(name: str | None, data: Path, small: bool) -> None:
    """Run one benchmark here, or each of them in a process of its own."""
    if name is not None:
        compile_all()
        import_module(f"benchmarks.{name}").run(data, small)
        return
    for each in NAMES:
        command = [sys.executable, "-m", "benchmarks", each, "--data", str(data)]
        subprocess.run(command + ["--small"] * small, check=True)


def compile_all() -> None:
    """Let every module have its bytecode, as in an installed program, and let children use it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    own = find_spec("offhand")
    folders = [get_paths()["purelib"], *((own and own.submodule_search_locations) or [])]
    script = (
        "import compileall, sys; [compileall.compile_dir(path, quiet=2) for path in sys.argv[1:]]"
    )
    command = [sys.executable, "-c", script, *folders, str(Path(__file__).parent)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
