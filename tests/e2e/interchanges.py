"""interchanges.py - both validators over every 837P and 837I: those of random claims, and those that the tests before this one brought to the payer"""

import glob
import os
import subprocess

from interchanges_of import findings, made_by, one_of_each_shape
from skip import Skip


def written_pass(world, test, setting):
    """What a unit test writes where its setting says passes both; how many files it is."""
    program = os.path.join(world.build, "tests", "unit", test)
    if not os.path.exists(program):
        raise Skip(f"`make unit` has not built {test}")
    folder = os.path.join(world.folder, test)
    os.makedirs(folder)
    subprocess.run([program], env={**os.environ, setting: folder}, check=True, capture_output=True)
    files = sorted(glob.glob(os.path.join(folder, "*.x12")))
    said = findings(world.base, files)
    assert not said, "\n".join(said[:20])
    for path in files:
        os.unlink(path)
    os.rmdir(folder)
    return len(files)


def test_random_claims_pass_both_validators(world):
    """1,200 random claims with rare segments, in 60 files (the unit test of the writer writes them)."""
    files = written_pass(world, "claim837_read_test", "CLAIMS_SAVE")
    assert files == 60, files


def test_every_reply_of_the_sandbox_passes_both_validators(world):
    """All that it answers in its scenarios (the unit test of the scenarios writes it)."""
    files = written_pass(world, "sandbox_follow_test", "SANDBOX_SAVE")
    assert files > 80, files


def test_every_interchange_of_these_tests(world):
    """All files that any test of this run delivered."""
    files = made_by(world.stacks)
    if not files:
        raise Skip("no test before this one delivered an interchange")
    said = findings(world.base, files)
    assert not said, "\n".join(said[:20])
    print(f"{len(files)} interchanges, {len(one_of_each_shape(files))} shapes: nothing found by x12 check (all) and pyx12 (each shape)", flush=True)
