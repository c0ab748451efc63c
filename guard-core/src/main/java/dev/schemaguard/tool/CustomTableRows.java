// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;

/** Interprets the rows of a {@link CustomHistoryTable}. */
final class CustomTableRows implements TableFormat.Rows {

  /** The last recorded outcome of a revision, and its position in the order. */
  private record Said(Outcome outcome, String order) {}

  private static final Pattern INTEGER = Pattern.compile("-?\\d+");

  private final CustomHistoryTable settings;
  private final Map<String, Said> said = new HashMap<>();
  private final Set<String> effective = new HashSet<>();
  private final List<HistoryEntry> entries = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();

  CustomTableRows(CustomHistoryTable settings) {
    this.settings = settings;
  }

  @Override
  public Optional<String> add(ResultSet row) throws SQLException {
    int columns = settings.revisionColumns().size();
    StringJoiner name = new StringJoiner(".");
    for (int i = 1; i <= columns; i++) {
      String part = row.getString(i);
      if (part == null || part.isBlank()) {
        return Optional.of("has no " + settings.revisionColumns().get(i - 1));
      }
      // A column of type CHAR pads its values with blanks, and no line of a chain ends with a
      // blank.
      name.add(part.stripTrailing());
    }
    String order = "";
    if (settings.orderColumn() != null) {
      columns++;
      order = Objects.requireNonNullElse(row.getString(columns), "");
      if (order.isEmpty()) {
        return Optional.of("has no " + settings.orderColumn());
      }
    }
    tokens.add(token(row, columns + 2));
    boolean failed = row.getBoolean(columns + 2);
    boolean applied = row.getBoolean(columns + 1);
    Outcome outcome = failed ? Outcome.FAILED : applied ? Outcome.APPLIED : Outcome.SKIPPED;
    return add(name.toString(), new Said(outcome, order));
  }

  private Optional<String> add(String revision, Said now) {
    return settings.holdsNewest()
        ? addNewest(revision, now.outcome())
        : addMigration(revision, now);
  }

  /** Adds everything up to the version, then the outcome of that version itself. */
  private Optional<String> addNewest(String version, Outcome outcome) {
    if (!entries.isEmpty()) {
      return Optional.of("is unexpected: with rows-hold=newest the table keeps exactly one row");
    }
    entries.add(entry(version, Outcome.BASELINE));
    entries.add(entry(version, outcome == Outcome.SKIPPED ? Outcome.RUNNING : outcome));
    return Optional.empty();
  }

  private Optional<String> addMigration(String revision, Said now) {
    Said before = said.put(revision, now);
    if (before != null && before.order().equals(now.order()) && before.outcome() != now.outcome()) {
      return Optional.of(
          "says otherwise of " + revision + " than the row before, and nothing tells which counts");
    }
    // A row that does not undo anything is treated as absent: goose's first row is not a migration.
    if (now.outcome() != Outcome.SKIPPED || effective.contains(revision)) {
      effective.add(revision);
      entries.add(entry(revision, now.outcome()));
    }
    return Optional.empty();
  }

  private static HistoryEntry entry(String revision, Outcome outcome) {
    return new HistoryEntry(revision, revision, null, outcome, false, null, null, null);
  }

  /** Returns the entries. Without an order column, they are sorted by the revisions' names. */
  @Override
  public List<HistoryEntry> entries() {
    if (settings.orderColumn() == null) {
      boolean integers = true;
      for (HistoryEntry entry : entries) {
        integers &= INTEGER.matcher(entry.name()).matches();
      }
      entries.sort(
          integers
              ? Comparator.comparing(entry -> new BigInteger(entry.name()))
              : Comparator.comparing(HistoryEntry::name));
    }
    return entries;
  }

  @Override
  public String token() {
    return String.join("\n", tokens);
  }

  /** Returns the token of one row, made of its first {@code columns} columns. */
  static String token(ResultSet row, int columns) throws SQLException {
    StringJoiner token = new StringJoiner(" ");
    for (int i = 1; i <= columns; i++) {
      token.add(row.getString(i));
    }
    return token.toString();
  }
}
