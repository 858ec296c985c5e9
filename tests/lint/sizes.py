#!/usr/bin/env python3
"""sizes.py - functions and files stay small, and every function says what it is for.

Median function at most 12 lines of body... measured from the line of the opening brace to the closing one, 90 % at most 35, none over 60;
files at most 420 lines (350 is the aim) unless they are tables of data (most lines inside a const array).
"""
import re
import subprocess
import sys

MEDIAN, NINETY, LONGEST, FILE_LINES = 12, 35, 60, 420
START = re.compile(r"^[A-Za-z_].*\)\s*$|^[A-Za-z_].*\)\s*\n?$")


def functions(lines):
    """Yields (name, first line, lines of body, has a comment before)."""
    i = 0
    while i < len(lines):
        if lines[i] == "{" and i > 0 and (lines[i - 1].endswith(")") or lines[i - 1].rstrip().endswith(")")):
            head = i - 1
            while head > 0 and lines[head][:1] in (" ", "\t"):
                head -= 1
            end = i + 1
            while end < len(lines) and lines[end] != "}":
                end += 1
            name = re.search(r"(\w+)\s*\(", lines[head])
            before = head - 1
            while before > 0 and lines[before].startswith("__attribute__"):
                before -= 1
            yield (name.group(1) if name else "?", head + 1, end - i - 1, lines[before].rstrip().endswith("*/"))
            i = end
        i += 1


def data_lines(lines):
    """Lines inside top-level initialisers: tables of data do not count as code."""
    count, inside = 0, False
    for line in lines:
        if not inside and re.search(r"=\s*\{\s*$", line) and not line.startswith((" ", "\t")):
            inside = True
        elif inside and line.startswith("}"):
            inside = False
        elif inside:
            count += 1
    return count


def main():
    files = subprocess.run(["git", "ls-files", "common/*.c", "services/*.c"], capture_output=True, text=True,
                           check=True).stdout.split()
    sizes, bad = [], []
    for path in files:
        lines = open(path, encoding="utf-8").read().split("\n")
        code = len(lines) - data_lines(lines)
        if code > FILE_LINES:
            bad.append(f"{path}: {code} lines of code, at most {FILE_LINES}")
        if not lines[0].startswith("/* "):
            bad.append(f"{path}:1: a file opens with /* name.c - what it is for")
        for name, at, size, said in functions(lines):
            sizes.append(size)
            if size > LONGEST:
                bad.append(f"{path}:{at}: {name} has {size} lines, at most {LONGEST}")
            if not said and name != "main":
                bad.append(f"{path}:{at}: {name} lacks its comment /* {name} - what */")
    sizes.sort()
    if sizes:
        median, ninety = sizes[len(sizes) // 2], sizes[len(sizes) * 9 // 10]
        if median > MEDIAN:
            bad.append(f"median function {median} lines, at most {MEDIAN}")
        if ninety > NINETY:
            bad.append(f"90 % of functions are at most {ninety} lines, wanted {NINETY}")
        print(f"sizes: {len(sizes)} functions, median {median}, 90 % {ninety}, longest {sizes[-1]}; {len(files)} files")
    print("\n".join(bad))
    return 1 if bad else 0


sys.exit(main())
