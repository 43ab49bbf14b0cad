"""scripts/check must refuse what it says it refuses, and nothing else."""
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent
HEADER = "// What this file is for.\n#pragma once\n\n"


@pytest.fixture(name="tree")
def fixture_tree(tmp_path):
    """A small clean repository with the real check and the real table of edges."""
    for name in ("scripts/check", "cmake/modules.cmake", ".clang-format"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(TOP / name, tmp_path / name)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    write(tmp_path, "src/linka/core/clean.hpp", HEADER + "#include <string>\n\nint count(std::string text);\n")
    return tmp_path


def write(tree, name, text):
    path = tree / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def check(tree):
    done = subprocess.run([tree / "scripts/check"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_clean_tree_passes(tree):
    status, output = check(tree)
    assert status == 0, output
    assert output.splitlines()[-1].endswith(" passed, 0 failed")


VIOLATIONS = [
    ("src/linka/core/a.cpp", '#include "linka/runtime/loop.hpp"\n', "core may not include runtime"),
    ("src/linka/voice/a.cpp", '#include "linka/media/worker/worker.hpp"\n', "linka/media/client"),
    ("src/linka/desks/a.cpp", "int a = 1;\n", "no LINKA_EDGES line"),
    ("src/linka/core/a.cpp", '#include "clean.hpp"\n', 'write "linka/core/'),
    ("src/linka/api/a.cpp", "#include <sqlite3.h>\n", "belongs behind the types of store/db/sqlite"),
    ("src/linka/store/a.cpp", "#include <sqlite3.h>\n", "belongs behind the types of store/db/sqlite"),
    ("src/linka/store/db/sqlite/a.cpp", "#include <libpq-fe.h>\n", "belongs behind the types of store/db/postgres"),
    ("src/linka/store/a.cpp", "int* a = new int(1);\n", "no new"),
    ("src/linka/store/a.cpp", "void f(int* a) {\n    delete a;\n}\n", "no delete"),
    ("src/linka/stats/a.cpp", "void f() {\n    throw 1;\n}\n", "no throw in stats"),
    ("src/linka/core/a.cpp", "#include <random>\n", "no <random> in core"),
    ("src/linka/core/a.cpp", "auto a = std::chrono::system_clock::now();\n", "take the instant"),
    ("src/linka/core/a.cpp", 'auto a = calendar::Zone::find("UTC");\n', "or the zone as an argument"),
    ("src/linka/calendar/a.cpp", "#include <fstream>\n", "no <fstream> in calendar"),
    ("src/linka/core/a.cpp", "// TODO: later\n", "a TODO carries its issue"),
    ("src/linka/core/a.cpp", "// FIXME\n", "mend it now"),
    ("src/linka/sip/a_test.cpp", "void f() {\n    std::this_thread::sleep_for(1s);\n}\n", "no sleeping"),
    ("src/linka/sip/a.cpp", 'void f() {\n    std::system("ls");\n}\n', "no shell"),
    ("src/linka/sip/a.hpp", "#pragma once\n", "begin with a comment"),
    ("src/linka/sip/a.hpp", "// Says what.\nint a();\n", "put #pragma once"),
    ("src/linka/sip/a.cpp", "int a();\n" * 601, "601 lines"),
    ("src/linka/sip/a.cpp", "namespace a {\nvoid f() {\n" + "    g();\n" * 69 + "}\n}\n", "a function of 71 lines"),
    ("tests/a.py", "def f():\n" + "    g()\n" * 70, "a function of 71 lines"),
    ("docs/threads.md", "| posts | a to b | 65,536 | refused |\n", "name the constant of 65,536"),
    ("docs/threads.md", "| posts | a to b | 7 (`core/clean.hpp:posts_max`) | refused |\n", "gives posts_max as nothing"),
    ("docs/a.md", "See " + "/ho" + "me/somebody/linka.\n", "from the repository's root"),
    ("scripts/a", "#!/bin/bash\n", "chmod +x"),
    ("src/linka/sip/a.cpp", "int   a();\n", "run: clang-format"),
    ("src/linka/sip/a.cpp", "int a();", "end the file with a newline"),
    ("src/linka/sip/a.sql", "select 1; \n", "remove the blanks"),
]


@pytest.mark.parametrize("name,text,message", VIOLATIONS, ids=[v[2] for v in VIOLATIONS])
def test_refuses(tree, name, text, message):
    write(tree, name, text)
    status, output = check(tree)
    assert status == 1, output
    assert any(line.startswith(name) and message in line for line in output.splitlines()), output


def test_refuses_a_circle_within_the_core(tree):
    for one, other in (("a", "b"), ("b", "a")):
        write(tree, f"src/linka/core/{one}.cpp", f'#include "linka/core/{other}.hpp"\n')
        write(tree, f"src/linka/core/{one}.hpp", HEADER)
    status, output = check(tree)
    assert status == 1 and "a -> b -> a" in output, output


ALLOWED = [
    ("src/linka/core/a.hpp", HEADER + "struct A {\n    A(const A&) = delete;\n};\n"),
    ("src/linka/core/a.cpp", '// Throw nothing new away, delete nothing.\nconst char* a = "throw new";\n'),
    ("src/linka/core/a.cpp", "int a = 1'000'000;  // TODO(#12)\n"),
    ("src/linka/core/a_test.cpp", "#include <random>\n\n#include <gtest/gtest.h>\n"),
    ("src/linka/api/a.cpp", "#include <new>\n\nauto a(S s) {\n    return s.system(1);\n}\n"),
    ("sim/a.cpp", '#include "linka/core/clean.hpp"\n'),
    ("src/linka/calendar/zone.cpp", "#include <mutex>\n"),
    ("src/linka/sip/a.cpp", "namespace a {\nvoid f() {\n" + "    g();\n" * 68 + "}\n\nint a = 1;\n}  // namespace a\n"),
]


@pytest.mark.parametrize("name,text", ALLOWED)
def test_allows(tree, name, text):
    write(tree, name, text)
    status, output = check(tree)
    assert status == 0, output


def test_bounds_are_those_of_the_code(tree):
    write(tree, "src/linka/core/b.hpp", HEADER + "constexpr int posts_max = 4 * 1'024;\n")
    row = "| posts | a to b | {} (`core/b.hpp:posts_max`) | refused |\n"
    write(tree, "docs/threads.md", row.format("4,096"))
    assert check(tree)[0] == 0
    write(tree, "docs/threads.md", row.format("4,000"))
    status, output = check(tree)
    assert status == 1 and "gives posts_max as 4 * 1'024, not 4000" in output


SUBJECTS = [
    ("core: give each turn a name", None),
    ("core, sip: need less", None),
    ("merge the branch", "say the module first"),
    ("core: gave each turn a name and another one so that nobody has to look it up", "76 characters"),
    ("core: fixed turns", "imperative"),
    ("core: naming turns", "imperative"),
]


@pytest.mark.parametrize("subject,message", SUBJECTS)
def test_subjects_of_commits(tree, subject, message):
    def git(*words):
        done = subprocess.run(["git", "-C", tree, "-c", "user.name=a", "-c", "user.email=a@b", *words], check=True,
                              capture_output=True, text=True)
        return done.stdout.strip()
    git("add", "--all")
    git("commit", "-q", "-m", "The Beginning")
    script = tree / "scripts/check"
    script.write_text(re.sub(r'(SUBJECTS_SINCE = )".*"', rf'\1"{git("rev-parse", "HEAD")}"', script.read_text()))
    git("commit", "-q", "-a", "-m", subject)
    status, output = check(tree)
    assert (status, message is None or message in output) == (0 if message is None else 1, True), output


def test_finds_banned_symbols_in_an_archive(tree):
    write(tree, "a.c", "#include <time.h>\nint f(void) { struct timespec t; return clock_gettime(0, &t); }\n")
    folder = tree / "build/src/linka/core"
    folder.mkdir(parents=True)
    subprocess.run(["gcc", "-c", tree / "a.c", "-o", folder / "a.cpp.o"], check=True)
    subprocess.run(["ar", "rc", folder / "liblinka_core.a", folder / "a.cpp.o"], check=True)
    status, output = check(tree)
    assert status == 1
    assert "calls clock_gettime" in output


@pytest.fixture(name="fake_apt")
def fixture_fake_apt(tmp_path):
    """A PATH on which nothing but cmake is missing, and apt-get only writes down its arguments."""
    write(tmp_path, "bin/dpkg-query",
          '#!/bin/bash\nshift 3\nfor p in "$@"; do\n'
          '[ "$p" = "$MISSING" ] || echo "$p installed"\ndone\n').chmod(0o755)
    write(tmp_path, "bin/apt-get", f'#!/bin/bash\necho "$@" >> {tmp_path}/calls\n').chmod(0o755)
    write(tmp_path, "bin/sudo", '#!/bin/bash\nexec "$@"\n').chmod(0o755)

    def run(missing):
        environment = {**os.environ, "PATH": f"{tmp_path}/bin:{os.environ['PATH']}", "MISSING": missing}
        done = subprocess.run([TOP / "scripts/install-packages", "build", "run"], env=environment,
                              capture_output=True, text=True, check=False)
        calls = tmp_path / "calls"
        return done, calls.read_text() if calls.exists() else ""

    return run


def test_leaves_apt_alone_when_nothing_is_missing(fake_apt):
    done, calls = fake_apt("")
    assert done.returncode == 0
    assert (done.stdout, done.stderr, calls) == ("", "", "")


def test_installs_only_what_is_missing_and_says_so(fake_apt):
    done, calls = fake_apt("cmake")
    assert done.returncode == 0
    assert "cmake" in done.stderr and "build system" in done.stderr
    assert calls.splitlines()[0].endswith("update")
    assert calls.splitlines()[1].endswith("install --no-install-recommends cmake")
