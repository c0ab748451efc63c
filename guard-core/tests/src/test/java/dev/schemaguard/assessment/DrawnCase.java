// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.status.MigrationStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One chain with one row, one application that asks, and one history, all drawn at random by {@link
 * CaseGenerator}.
 *
 * @param expected the position of the expected revision; null: head
 * @param min the position of the minimum; null: equal to expected
 * @param max the position of the maximum; null: none, or any
 * @param any whether the maximum is {@code any}
 * @param paths whether only what lies in {@code db/} is ours
 */
record DrawnCase(
    List<Line> lines,
    String label,
    @Nullable Integer expected,
    @Nullable Integer min,
    @Nullable Integer max,
    boolean any,
    UnknownAhead unknownAhead,
    String version,
    Set<String> accepted,
    boolean paths,
    List<Row> rows) {

  /** A line of the chain; other lines are named by their positions. */
  record Line(
      String name,
      @Nullable String was,
      boolean optional,
      boolean retired,
      Dbms dbms,
      @Nullable Integer replacedBy,
      @Nullable List<Integer> parents) {}

  /** A dbms attribute, and whether it means PostgreSQL, on which all cases play. */
  record Dbms(String text, boolean postgres) {}

  /** A recorded comment, and what its requires-app marker says: null where it says nothing. */
  record Comment(@Nullable String text, @Nullable Floor floor) {}

  /** The floors of markers, as the versions that are drawn compare with them. */
  enum Floor {
    BELOW,
    EQUAL,
    ABOVE,
    MALFORMED
  }

  /** A row of the history. */
  record Row(String path, String id, Outcome outcome, Comment comment) {
    String name() {
      return path + "::" + id + "::dev";
    }

    HistoryEntry entry() {
      return new HistoryEntry(name(), id, path, outcome, false, null, comment.text(), null);
    }
  }

  RevisionChain chain() {
    return RevisionChain.parse(
        lines.stream().map(this::text).collect(Collectors.joining("\n")), "revisions.txt");
  }

  private String text(Line line) {
    List<String> parts = new ArrayList<>(List.of(line.name()));
    if (line.was() != null) {
      parts.add("was=" + line.was());
    }
    if (line.optional()) {
      parts.add("optional");
    }
    if (line.retired()) {
      parts.add("retired");
    }
    if (!line.dbms().text().isEmpty()) {
      parts.add("dbms=" + line.dbms().text());
    }
    if (line.replacedBy() != null) {
      parts.add("replaced-by=" + lines.get(line.replacedBy()).name());
    }
    if (line.parents() != null) {
      parts.add(
          line.parents().stream()
              .map(parent -> lines.get(parent).name())
              .collect(Collectors.joining(",", "parents=", "")));
    }
    return String.join("\t", parts);
  }

  CompatibilityMatrix matrix() {
    CompatibilityMatrix.Builder matrix =
        CompatibilityMatrix.builder()
            .unknownAhead(unknownAhead)
            .row(label, name(expected), name(min), any ? "any" : name(max))
            .chain(chain());
    return (paths ? matrix.paths("db/**") : matrix).build();
  }

  private @Nullable String name(@Nullable Integer position) {
    return position == null ? null : lines.get(position).name();
  }

  Assessor assessor(Set<String> names) {
    return new Assessor(matrix(), new AssessmentTarget(version, true, names, null));
  }

  List<HistoryEntry> history() {
    return rows.stream().map(Row::entry).toList();
  }

  Assessment assess() {
    return assess(history(), accepted);
  }

  Assessment assess(List<HistoryEntry> entries, Set<String> names) {
    return assessor(names).assess(new History(Judge.withoutChain().place(), entries));
  }

  MigrationStatus status() {
    return Judge.withoutChain().status(assess());
  }

  List<HistoryEntry> with(HistoryEntry entry, int place) {
    List<HistoryEntry> more = new ArrayList<>(history());
    more.add(place, entry);
    return more;
  }

  DrawnCase withRows(List<Row> other) {
    return new DrawnCase(
        lines, label, expected, min, max, any, unknownAhead, version, accepted, paths, other);
  }

  @Override
  public String toString() {
    return """
        version %s accepting %s
        row %s | %s | %s | %s, unknown ahead %s, paths %s
        %s
        history
        %s
        """
        .formatted(
            version,
            accepted,
            label,
            name(expected),
            name(min),
            any ? "any" : name(max),
            unknownAhead,
            paths,
            lines.stream().map(this::text).collect(Collectors.joining("\n")),
            rows.stream().map(Row::toString).collect(Collectors.joining("\n")));
  }
}
