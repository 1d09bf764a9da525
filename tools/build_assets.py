"""Builds what the pages and documents need from `assets/` and the npm packages.

Run it as `.venv/bin/python tools/build_assets.py`. It fetches the pinned packages (`npm ci`), compiles the
style sheet, bundles the script and copies the documents' font, all into git-ignored folders:

    build/static/coregroup/   app.css, main.js, favicon.svg
    build/fonts/              Atkinson Hyperlegible Next, four cuts and its licence

The sources' fingerprint is kept beside the result, so that a second run with nothing changed does nothing.
Where the machine has no Node.js, it is installed into the virtual environment from requirements-node.txt.
Only the standard library is used: this runs before anything else is sure to be there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
STATIC = ROOT / "build" / "static" / "coregroup"
FONTS = ROOT / "build" / "fonts"
STAMP = ROOT / "build" / "assets.stamp"
FONT_PACKAGE = ROOT / "node_modules" / "@expo-google-fonts" / "atkinson-hyperlegible-next"
FONT_CUTS = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
SOURCES = ("package.json", "package-lock.json", ".npmrc", "requirements-node.txt", "tools/build_assets.py")


class Failed(Exception):
    """Something outside this program went wrong; its text is the one sentence that says what."""


def say(words: str) -> None:
    """Tells the person at the terminal what is being done, as it is done."""
    print(f"assets: {words}", flush=True)


def fingerprint() -> str:
    """One digest over every source file, its name included."""
    paths = [ROOT / name for name in SOURCES] + sorted(p for p in ASSETS.rglob("*") if p.is_file())
    digest = hashlib.sha256()
    for path in paths:
        if path.exists():
            digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def results() -> list[Path]:
    """Every file that a finished build leaves; a missing one means building again."""
    fonts = [FONTS / f"AtkinsonHyperlegibleNext_{cut}.ttf" for cut in FONT_CUTS]
    return [STATIC / "app.css", STATIC / "main.js", STATIC / "favicon.svg", *fonts]


def is_fresh() -> bool:
    """Whether the last build is whole and was made from the sources as they are now."""
    if not STAMP.exists() or not all(path.exists() for path in results()):
        return False
    return STAMP.read_text() == fingerprint()


def run(command: list[str], *, what: str, env: dict[str, str]) -> None:
    """Runs one program quietly; raises Failed with the end of what it said."""
    try:
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)
    except OSError as fault:
        raise Failed(f"{what} failed: {fault}") from fault
    if done.returncode != 0:
        lines = (done.stderr or done.stdout).strip().splitlines()[-12:]
        raise Failed("\n".join([f"{what} failed:", *lines]))


def environment_with_node() -> dict[str, str]:
    """The environment in which `node` and `npm` are found, installing Node.js when there is none.

    Raises Failed when it is missing and cannot be installed.
    """
    env = dict(os.environ)
    if shutil.which("node") and shutil.which("npm"):
        return env
    scripts = sysconfig.get_path("scripts")
    env["PATH"] = scripts + os.pathsep + env.get("PATH", "")
    if not (shutil.which("node", path=scripts) and shutil.which("npm", path=scripts)):
        say("no Node.js on this machine: installing it into the virtual environment (once)")
        requirements = str(ROOT / "requirements-node.txt")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*pip, "--require-hashes", "-r", requirements], what="Installing Node.js", env=env)
    return env


def fetch_packages(env: dict[str, str]) -> None:
    """Brings node_modules to what package-lock.json says, if it is not so already."""
    lock = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    mark = ROOT / "node_modules" / ".coregroup-lock"
    if mark.exists() and mark.read_text() == lock:
        return
    say("fetching the packages named in package-lock.json")
    npm = shutil.which("npm", path=env["PATH"]) or "npm"
    run([npm, "ci", "--no-progress"], what="Fetching the npm packages", env=env)
    mark.write_text(lock)


def tool(name: str) -> str:
    """The path of a program that the packages brought."""
    return str(ROOT / "node_modules" / ".bin" / name)


def build_style(env: dict[str, str]) -> None:
    """Compiles the style sheet."""
    say("compiling the style sheet")
    options = ["--style=compressed", "--no-source-map", "--load-path=node_modules"]
    target = str(STATIC / "app.css")
    run([tool("sass"), *options, "assets/css/app.scss", target], what="Compiling the style sheet", env=env)


def build_script(env: dict[str, str]) -> None:
    """Bundles the script into one file."""
    say("bundling the script")
    options = ["--bundle", "--minify", "--format=esm", "--target=es2020", "--legal-comments=none"]
    options += ["--log-level=warning", f"--outfile={STATIC / 'main.js'}"]
    run([tool("esbuild"), "assets/js/main.js", *options], what="Bundling the script", env=env)


def copy_files() -> None:
    """Copies the icon, and the documents' font with its licence."""
    shutil.copyfile(ASSETS / "images" / "favicon.svg", STATIC / "favicon.svg")
    for cut in FONT_CUTS:
        name = f"AtkinsonHyperlegibleNext_{cut}.ttf"
        shutil.copyfile(FONT_PACKAGE / cut / name, FONTS / name)
    shutil.copyfile(FONT_PACKAGE / "LICENSE_FONT", FONTS / "LICENSE")


def build() -> None:
    """Builds everything unless it is fresh. Raises Failed with one clear sentence."""
    if is_fresh():
        return
    try:
        STATIC.mkdir(parents=True, exist_ok=True)
        FONTS.mkdir(parents=True, exist_ok=True)
        STAMP.unlink(missing_ok=True)
        env = environment_with_node()
        fetch_packages(env)
        build_style(env)
        build_script(env)
        copy_files()
        STAMP.write_text(fingerprint())
    except OSError as fault:
        raise Failed(f"A file could not be written: {fault}") from fault
    say("done")


def main() -> int:
    """Builds, and answers 0, or says in one sentence why not and answers 1."""
    try:
        build()
    except Failed as fault:
        print(f"The pages' style and script could not be built. {fault}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
