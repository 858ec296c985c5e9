#!/usr/bin/env python3
"""run.py --build BUILD [--only WORD] [--image ROOT] - checks of what is deployed: chart, metrics in dashboards and alerts, runbook, image.

With --image only the image is checked, in that root. Prints what failed; the last line is `deploy: N passed, N failed, N skipped`.
"""
import argparse
import os
import sys
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import chart  # noqa: E402
import image  # noqa: E402
import metrics  # noqa: E402
import runbook  # noqa: E402
import tools  # noqa: E402

ROOMS = [chart, metrics, runbook, image]


def main():
    """All checks of all rooms; the world is rendered by the first."""
    p = argparse.ArgumentParser()
    p.add_argument("--build", default="build")
    p.add_argument("--only", default="")
    p.add_argument("--image", default="")
    o = p.parse_args()
    os.chdir(tools.ROOT)
    w = chart.World(os.path.abspath(o.build), os.path.join(os.path.abspath(o.build), "deploy"))
    passed, failed = 0, 0
    w.root = os.path.abspath(o.image) if o.image else ""
    for text, check in [c for room in ([chart, image] if o.image else ROOMS) for c in room.CHECKS]:
        if check is not chart.check_render and (o.only not in text or (o.image and (text, check) in chart.CHECKS)):
            continue
        try:
            check(w)
            passed += 1
        except (chart.Wrong, tools.ToolError) as e:
            failed += 1
            print(f"FAILED deploy/{text}: {e}")
        except Exception:  # a check that cannot look has not passed
            failed += 1
            print(f"FAILED deploy/{text}:\n{traceback.format_exc()}")
    print(f"deploy: {passed} passed, {failed} failed, 0 skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
