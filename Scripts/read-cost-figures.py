#!/usr/bin/env python3
"""Reads the curves of figures 5 and 6 of the COST paper off its PDF and writes them as a table for `assay cost --table`.

F. McSherry, M. Isard, D. G. Murray: "Scalability! But at what COST?", HotOS XV, 2015. The figures are vector drawings, so the
corners of the curves are exact to the resolution of the drawing (a fiftieth of a point); the ticks of the axes, whose labels
are known, give the scales. Needs `pip install pymupdf==2.0`.

  python3 Scripts/read-cost-figures.py COST.pdf > Workloads/cost/published-curves.csv
"""

import math
import sys

import pymupdf

# Each axis by two ticks with their labels: (place in points, value).
FIGURES = [
    {
        "problem": "PageRank, twitter_rv, one warm iteration",
        "figure": "figure 5, left",
        "x": ((333.50, 16), (376.02, 100)),
        "y": ((138.97, 1), (92.20, 10)),
        "frame": (315, 72, 422, 158),
        "lines": {83.8: "vertex order, SSD", 107.6: "Hilbert order, RAM"},
        "curves": {82.0: "GraphLab", 108.0: "Naiad"},
    },
    {
        "problem": "PageRank, twitter_rv, ten iterations from a cold start",
        "figure": "figure 5, right",
        "x": ((445.26, 64), (522.65, 512)),
        "y": ((138.97, 50), (77.74, 460)),
        "frame": (423, 72, 531, 158),
        "lines": {108.9: "vertex order, SSD", 132.8: "Hilbert order, RAM"},
        "curves": {78.6: "GraphX"},
    },
    {
        "problem": "components, twitter_rv, by union-find",
        "figure": "figure 6",
        "x": ((373.72, 1), (424.96, 10)),
        "y": ((303.74, 10), (245.60, 1000)),
        "frame": (346, 239, 509, 332),
        "lines": {298.5: "union-find, RAM"},
        "curves": {282.9: "Naiad, arrays", 254.4: "Naiad, hash tables"},
    },
]


def scale(ticks):
    """The value at a place of a logarithmic axis."""
    (place, value), (other_place, other_value) = ticks
    slope = math.log(other_value / value) / (other_place - place)
    return lambda at: value * math.exp((at - place) * slope)


def paths(page, frame):
    """The corners of every open path inside a frame that is drawn as thick as curves are."""
    drawings = [drawing for drawing in page.get_drawings() if drawing["type"] == "s" and drawing["width"] > 0.8]
    for drawing in drawings:
        corners = [drawing["items"][0][1]] + [item[2] for item in drawing["items"]]
        if all(frame[0] <= corner.x <= frame[2] and frame[1] <= corner.y <= frame[3] for corner in corners):
            yield [(corner.x, corner.y) for corner in corners]


def rows(page, figure):
    x, y = scale(figure["x"]), scale(figure["y"])
    for corners in paths(page, figure["frame"]):
        first = round(corners[0][1], 1)
        if len(corners) == 2:
            yield figure["lines"][first], 1, y(corners[0][1]), "yes"
        else:
            for at, height in corners:
                yield figure["curves"][first], round(x(at)), y(height), ""


def main():
    page = pymupdf.open(sys.argv[1])[3]
    print("# F. McSherry, M. Isard, D. G. Murray: Scalability! But at what COST? HotOS XV, 2015, figures 5 and 6, read off the")
    print("# drawings by Scripts/read-cost-figures.py. GraphLab's 3.6 s on 512 cores stand in section 3; its curve lacks them.")
    print("problem,system,cores,seconds,baseline,source")
    for figure in FIGURES:
        for system, cores, seconds, baseline in rows(page, figure):
            if (system, cores) == ("GraphLab", 512):
                seconds, source = 3.6, "text"
            else:
                source = figure["figure"]
            print(f'"{figure["problem"]}","{system}",{cores},{seconds:.3g},{baseline},"{source}"')


main()
