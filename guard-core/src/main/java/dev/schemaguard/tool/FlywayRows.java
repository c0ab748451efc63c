// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.matrix.MigrationVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Interprets the rows of Flyway's table, by the types of {@code CoreMigrationType} in flyway-core
 * 11 and those that Flyway Teams adds.
 */
final class FlywayRows implements TableFormat.Rows {

  /** Rows that Flyway writes about its table and schema. */
  private static final Set<String> MARKERS = Set.of("TABLE", "SCHEMA");

  private static final Pattern SPLIT_VERSION =
      Pattern.compile(
          "\\s*requires-app(?:\\s+\\p{L}[\\p{L}\\p{N}.-]*+)?[\\s>=]+\\d+(?= \\d)",
          Pattern.CASE_INSENSITIVE);

  private final List<HistoryEntry> entries = new ArrayList<>();
  private final Map<String, HistoryEntry> failedRepeatables = new LinkedHashMap<>();
  private long rows;
  private long successes;
  private @Nullable String lastRank;

  @Override
  public Optional<String> add(ResultSet row) throws SQLException {
    String rank = row.getString(1);
    String version = row.getString(2);
    String type = row.getString(3);
    boolean success = row.getBoolean(4);
    if (rank == null || type == null || row.wasNull()) {
      return Optional.of(
          "has no " + (rank == null ? "installed_rank" : type == null ? "type" : "success"));
    }
    rows++;
    successes += success ? 1 : 0;
    lastRank = rank;
    if (MARKERS.contains(type) || FlywayLockRow.is(rank, row.getString(5))) {
      return Optional.empty();
    }
    if (version == null) {
      addRepeatable(row, success);
      return Optional.empty();
    }
    Optional<MigrationVersion> number = MigrationVersion.parse(version);
    if (number.isEmpty()) {
      return Optional.of("has the version '" + version + "', which is none");
    }
    entries.add(entry(number.get().toString(), version, outcome(type, success), row));
    return Optional.empty();
  }

  /**
   * Adds a failed repeatable migration. A repeatable migration is not a revision, but a failed one
   * keeps Flyway from migrating.
   */
  private void addRepeatable(ResultSet row, boolean success) throws SQLException {
    String script = Objects.requireNonNullElse(row.getString(6), "a repeatable migration");
    String key = Objects.requireNonNullElse(row.getString(5), script);
    if (success) {
      failedRepeatables.remove(key);
    } else {
      failedRepeatables.put(key, entry(script, script, Outcome.FAILED, row));
    }
  }

  private static HistoryEntry entry(String name, String shortName, Outcome outcome, ResultSet row)
      throws SQLException {
    return new HistoryEntry(
        name,
        shortName,
        null,
        outcome,
        false,
        row.getString(7),
        comment(row.getString(5)),
        null,
        isClass(row.getString(3)) ? row.getString(6) : null);
  }

  /**
   * Returns whether the column script contains the name of a class, as it does for a Java-based
   * migration.
   */
  private static boolean isClass(String type) {
    return type.equals("JDBC") || type.equals("SPRING_JDBC");
  }

  private static Outcome outcome(String type, boolean success) {
    boolean undo = type.startsWith("UNDO");
    if (!success) {
      return undo ? Outcome.UNDO_FAILED : Outcome.FAILED;
    }
    if (undo || type.equals("DELETE")) {
      return Outcome.SKIPPED;
    }
    return type.equals("BASELINE") || type.endsWith("_BASELINE")
        ? Outcome.BASELINE
        : Outcome.APPLIED;
  }

  /**
   * Returns the description as a comment. Flyway replaces the underscores of a description by
   * blanks, so {@code requires-app_0_6_0} would be read as {@code requires-app 0}, which accepts
   * every version. The blank after the first number is therefore turned back into an underscore,
   * which makes the marker invalid.
   */
  private static @Nullable String comment(@Nullable String description) {
    if (description == null) {
      return null;
    }
    Matcher split = SPLIT_VERSION.matcher(description);
    return split.lookingAt()
        ? split.group() + "_" + description.substring(split.end() + 1)
        : description;
  }

  @Override
  public List<HistoryEntry> entries() {
    List<HistoryEntry> all = new ArrayList<>(entries);
    all.addAll(failedRepeatables.values());
    return all;
  }

  /**
   * Returns the token. It changes with every action, because Flyway adds a row for each action,
   * except that a repair deletes the rows of failed migrations.
   */
  @Override
  public String token() {
    return token(rows, successes, lastRank);
  }

  /**
   * Returns the token for this number of rows, this number of successful rows and this highest
   * rank.
   */
  static String token(long rows, long successes, @Nullable String lastRank) {
    return rows + " rows, " + successes + " of success, up to " + lastRank;
  }
}
