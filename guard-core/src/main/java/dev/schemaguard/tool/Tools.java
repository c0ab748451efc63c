// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The migration tools that the guard knows. A new tool is added to this list and to {@link Tool}.
 */
public final class Tools {

  /**
   * In the order in which they are looked for. Liquibase comes first: if its table is the only one,
   * its rows and one query of the catalog are enough.
   */
  private static final List<MigrationTool> KNOWN =
      List.of(new LiquibaseTool(), new FlywayTool(), new AlembicTool(), new GolangMigrateTool());

  private Tools() {}

  /** Returns all of them, without those that settings describe. */
  static List<MigrationTool> known() {
    return KNOWN;
  }

  /**
   * Returns the tool with this name in lower case; empty for a name that is not known, and for
   * {@code table}.
   */
  public static Optional<MigrationTool> named(String name) {
    for (MigrationTool known : KNOWN) {
      if (known.name().equals(name)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /** Returns how the tool with this name writes versions; null if it identifies by names. */
  public static @Nullable Numbering numbering(String name) {
    Optional<MigrationTool> tool = named(name);
    return tool.isPresent() ? tool.get().numbering() : null;
  }

  /**
   * Returns whether the tool with this name records where a database is, but not how it got there.
   */
  public static boolean recordsPositionOnly(String name) {
    Optional<MigrationTool> tool = named(name);
    return tool.isPresent() && tool.get().recording() != MigrationTool.Recording.EVERY_MIGRATION;
  }

  /** Returns whether the tool with this name records the heads of the applied revisions. */
  public static boolean recordsHeads(String name) {
    Optional<MigrationTool> tool = named(name);
    return tool.isPresent() && tool.get().recording() == MigrationTool.Recording.HEADS;
  }

  /** Returns whether a migration of the tool with this name may be a changeset. */
  public static boolean hasChangesets(String name) {
    Optional<MigrationTool> tool = named(name);
    return tool.isPresent() ? tool.get().hasChangesets() : name.equals(Tool.TABLE.toString());
  }

  /**
   * Returns whether the tool with this name is known, and its history records no comments, so that
   * a marker may be in the comment of its table.
   */
  public static boolean recordsNoComments(String name) {
    Optional<MigrationTool> tool = named(name);
    return tool.isPresent() ? !tool.get().recordsComments() : name.equals(Tool.TABLE.toString());
  }

  /** Returns the comment that the tool with this name will record for a revision; null if none. */
  public static @Nullable String commentOf(Revision revision, String name) {
    Optional<MigrationTool> tool = named(name);
    return tool.isPresent() ? tool.get().commentOf(revision) : null;
  }

  /**
   * Returns whether a history contains the newest version only, so that a version that was begun
   * implies that everything below it is applied. A baseline of a tool that records every migration
   * is not such a version, because more rows follow it.
   */
  public static boolean holdsNewestVersion(History history) {
    List<HistoryEntry> entries = history.entries();
    Optional<MigrationTool> tool = named(history.place().tool());
    return !entries.isEmpty()
        && entries.get(0).outcome() == HistoryEntry.Outcome.BASELINE
        && (tool.isEmpty() || tool.get().recording() == MigrationTool.Recording.NEWEST_VERSION);
  }

  /** Returns the tools whose tables {@code tool} stands for; none for {@link Tool#TABLE}. */
  static List<MigrationTool> of(Tool tool) {
    if (tool == Tool.AUTO) {
      return KNOWN;
    }
    Optional<MigrationTool> named = named(tool.toString());
    return named.isPresent() ? List.of(named.get()) : List.of();
  }

  /**
   * Returns a new reader of the tool's history at {@code location}. Several histories there are an
   * error.
   *
   * @throws ConfigurationException for {@link Tool#TABLE}, whose table has to be described
   */
  public static HistoryReader reader(Tool tool, HistoryLocation location) {
    return reader(tool, location, history -> true);
  }

  /**
   * Returns a new reader of the tool's history at {@code location}.
   *
   * @param mayBeOurs whether a history may be this application's; {@link Tool#AUTO} calls it if
   *     several tools keep one there
   * @throws ConfigurationException for {@link Tool#TABLE}, whose table has to be described
   */
  public static HistoryReader reader(
      Tool tool, HistoryLocation location, Predicate<History> mayBeOurs) {
    if (tool == Tool.AUTO) {
      return new AutoHistoryReader(location, mayBeOurs);
    }
    for (MigrationTool known : of(tool)) {
      return reader(known, location);
    }
    throw new ConfigurationException(
        "tool",
        "the tool is table, and nothing describes that",
        "Name the table and the column that names its migrations, by customTable(…) or by"
            + " the settings table and revision-column; or name another tool.");
  }

  /**
   * Returns a new reader of the table that settings describe.
   *
   * @param location the location, of which the schema is used; if it names a table, that must be
   *     the same
   * @throws ConfigurationException if it names another table
   */
  public static HistoryReader reader(CustomHistoryTable settings, HistoryLocation location) {
    if (location.table() != null && !location.table().strip().equals(settings.table())) {
      throw new ConfigurationException(
          "table",
          "'" + location.table() + "' is not " + settings.table() + ", the recorded table",
          "Name the table once.");
    }
    return reader(new CustomTool(settings), location);
  }

  static HistoryReader reader(MigrationTool tool, HistoryLocation location) {
    return tool.reader(location, new HistoryTable(location, tool));
  }
}
