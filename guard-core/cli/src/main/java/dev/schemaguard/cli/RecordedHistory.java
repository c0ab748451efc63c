// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.assessment.PathPatterns;
import dev.schemaguard.check.BoundedConnectionTask;
import dev.schemaguard.dialect.SqlFailure;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.tool.Numbering;
import dev.schemaguard.tool.Tools;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** The complete history of a database, from which a revision chain is generated. */
record RecordedHistory(HistoryPlace place, List<HistoryEntry> entries) {

  /**
   * Returns the history of {@code database}. The tool is set by its options or by {@code tool}.
   *
   * @param tool the tool whose migrations are named; AUTO if none are
   */
  static RecordedHistory of(DatabaseOptions database, Tool tool) {
    Tool named = database.tool() == Tool.AUTO ? tool : database.tool();
    requireNames(named.toString());
    if (tool != Tool.AUTO && named != tool) {
      throw error(
          "the migrations are those of " + tool + ", and the history that of " + named,
          "Leave --tool out, or the migrations.");
    }
    HistoryReader reader =
        database
            .customTable()
            .map(table -> reader(table, database))
            .orElseGet(() -> Tools.reader(named, database.location()));
    try {
      HistoryResult reading =
          new BoundedConnectionTask<>(database.dataSource(), reader::read)
              .within(database.timeout());
      if (reading instanceof Unreadable unreadable) {
        throw error(unreadable.why(), String.join(" Or: ", unreadable.actions()));
      }
      if (reading instanceof Absent absent) {
        throw error(
            "there is no history: " + absent.place().text(), "Name a database that was migrated.");
      }
      History history = (History) reading;
      requireNames(history.place().tool());
      if (Tools.holdsNewestVersion(history)) {
        throw error(
            history.place().table() + " keeps the newest version only, not the ones before it",
            "Write revisions.txt by hand, a version a line, oldest first.");
      }
      return new RecordedHistory(history.place(), history.entries());
    } catch (SQLException | BoundedConnectionTask.NoConnectionException e) {
      throw error(SqlFailure.message(e), "Check URL, user and password.");
    } catch (TimeoutException e) {
      throw error("no answer from " + e.getMessage(), "Raise --timeout, or look why it hangs.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error("interrupted", "Run it again.");
    }
  }

  private static HistoryReader reader(CustomHistoryTable table, DatabaseOptions database) {
    return Tools.reader(table, database.location());
  }

  /**
   * Refuses tools that do not record every name: Alembic records its heads and golang-migrate one
   * version, so the database does not contain the earlier ones.
   */
  private static void requireNames(String tool) {
    if (Tools.recordsPositionOnly(tool)) {
      throw error(
          "the history of " + tool + " tells where the database stands, and not by which way",
          "Leave --from-database out, and generate the chain from the migrations: schema-guard"
              + (" revisions --" + tool + " DIRECTORY"));
    }
  }

  /**
   * Returns the names of the migrations in effect, in the order in which they were recorded. A
   * version that is known under another spelling has the known one.
   */
  List<String> applied(PathPatterns ours, Collection<String> known) {
    Map<String, Outcome> last = new HashMap<>();
    entries.forEach(entry -> last.put(entry.name(), entry.outcome()));
    Map<MigrationVersion, String> versions = versions(known);
    List<String> names =
        entries.stream()
            .filter(ours::isOurs)
            .filter(entry -> entry.outcome() == Outcome.APPLIED)
            .filter(entry -> last.get(entry.name()) == Outcome.APPLIED)
            .map(entry -> name(entry, versions))
            .toList();
    if (names.isEmpty()) {
      throw error("the history holds no applied revision", "Name a migrated database.");
    }
    return names;
  }

  private Map<MigrationVersion, String> versions(Collection<String> known) {
    Map<MigrationVersion, String> versions = new HashMap<>();
    Numbering numbering = Tools.numbering(place.tool());
    if (numbering != null) {
      known.forEach(
          name -> numbering.parse(name).ifPresent(version -> versions.put(version, name)));
    }
    return versions;
  }

  /**
   * Returns a version as the file spelt it, if migrations are versions; otherwise the complete
   * name.
   */
  private String name(HistoryEntry entry, Map<MigrationVersion, String> versions) {
    if (Tools.numbering(place.tool()) == null) {
      return entry.name();
    }
    Optional<MigrationVersion> version = MigrationVersion.parse(entry.name());
    return version.map(versions::get).orElse(entry.shortName());
  }

  private static ConfigurationException error(String what, String action) {
    return new ConfigurationException("--from-database", what, action);
  }
}
