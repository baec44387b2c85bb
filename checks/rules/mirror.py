"""tests/tickets/test_solving.py tests tresen/tickets/solving.py: whoever reads one finds the other."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from checks.sources import CODE, Problem

# A way through the whole product mirrors no single file, nor do recorded payloads, test data, the invented channel.
FREE = {"bazaar", "docs", "factories", "journeys", "payloads", "resilience", "servers", "specifications"}
# About a package as a whole, each with what it asks of it.
WHOLE = {
    "channels/test_samples.py": "the recorded mails, through every connector",
    "channels/test_conformance.py": "what the contract asks of every connector",
    "workspace/test_access.py": "every address, for strangers and for agents who may see nothing",
    "workspace/test_error_pages.py": "the pages for what is refused, missing or broken",
    "workspace/test_tokens.py": "the colours of the style sheet tokens.css",
}


def tests_mirror(root: Path) -> Iterator[Problem]:
    """Test files that stand beside nothing. `test_solving_twice.py` is a further file about solving.py."""
    for path in sorted((root / "tests").rglob("test_*.py")):
        relative = PurePosixPath(path.relative_to(root / "tests").as_posix())
        if FREE & set(relative.parts) or len(relative.parts) == 1 or str(relative) in WHOLE:
            continue
        if not any(_tested(root / package, relative) for package in _packages(relative)):
            wanted = f"tresen/{relative.parent}/{relative.stem.removeprefix('test_')}.py"
            yield Problem(f"tests/{relative}", 1, f"tests nothing of that name: there is no {wanted}")


def _packages(relative: PurePosixPath) -> tuple[str, ...]:
    # tests/checks/ and tests/bin/ mirror folders at the top.
    return ("tresen", "") if relative.parts[0] in CODE else ("tresen",)


def _tested(package: Path, relative: PurePosixPath) -> bool:
    folder = package / relative.parent
    words = relative.stem.removeprefix("test_").split("_")
    names = ("_".join(words[:count]) for count in range(len(words), 0, -1))
    return any((folder / f"{name}.py").is_file() or (folder / name).is_dir() for name in names)
