// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A row whose pattern is a span or wildcard. Any two of them in a table are disjoint, or one
 * contains the other.
 *
 * @param position the row's position among the others
 */
record SpanRow(int position, VersionRow row, VersionPattern.Span span) {

  /** Compares rows so that a span comes after every other that may contain it. */
  private static int outerFirst(SpanRow a, SpanRow b) {
    int byStart = a.span().from().compareTo(b.span().from());
    if (byStart != 0) {
      return byStart;
    }
    return a.span().contains(b.span()) ? b.span().contains(a.span()) ? 0 : -1 : 1;
  }

  /**
   * Refuses rows with overlapping spans if neither span contains the other, because a version could
   * then belong to both.
   *
   * @param rows all rows, no two of them equal
   */
  static void requireNested(List<? extends VersionRow> rows) {
    List<SpanRow> spans = spans(rows);
    if (spans.size() < 2) {
      return;
    }
    spans.sort(SpanRow::outerFirst);
    Deque<SpanRow> around = new ArrayDeque<>();
    for (SpanRow row : spans) {
      while (!around.isEmpty() && !around.peek().span().overlaps(row.span())) {
        around.pop();
      }
      SpanRow other = around.peek();
      if (other != null && !other.span().contains(row.span())) {
        throw overlap(row, other);
      }
      around.push(row);
    }
  }

  private static List<SpanRow> spans(List<? extends VersionRow> rows) {
    List<SpanRow> spans = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).pattern() instanceof VersionPattern.Span span) {
        spans.add(new SpanRow(i, rows.get(i), span));
      }
    }
    return spans;
  }

  private static ConfigurationException overlap(SpanRow a, SpanRow b) {
    VersionRow earlier = a.position() < b.position() ? a.row() : b.row();
    VersionRow later = a.position() < b.position() ? b.row() : a.row();
    return new ConfigurationException(
        later.where(),
        "'" + later.label() + "' overlaps '" + earlier.label() + "' at " + earlier.where(),
        "A version must have one narrowest row: part the two spans, or put one into the other.");
  }
}
