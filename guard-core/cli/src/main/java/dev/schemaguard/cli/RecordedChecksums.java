// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.check.BoundedConnectionTask;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.SqlFailure;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.tool.Tools;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The checksums that a tool has recorded for the migrations that it applied.
 *
 * @param dbms Liquibase's short name of the database product
 * @param schema the schema of the history; null if the connection has none
 * @param byName the checksums by the migrations' names
 */
record RecordedChecksums(String dbms, @Nullable String schema, Map<String, String> byName) {

  /** The types of Flyway's history rows after which a version is no longer applied. */
  private static final List<String> TAKEN_BACK = List.of("UNDO_SQL", "UNDO_JDBC", "DELETE");

  /**
   * Returns the checksums in a database.
   *
   * @throws ConfigurationException if they cannot be read
   */
  static RecordedChecksums of(DatabaseOptions database, Tool tool) {
    try {
      return new BoundedConnectionTask<>(
              database.dataSource(), session -> read(session, database.location(), tool))
          .within(database.timeout());
    } catch (SQLException | BoundedConnectionTask.NoConnectionException e) {
      throw error(SqlFailure.message(e), "Check URL, user and password.");
    } catch (TimeoutException e) {
      throw error("no answer from " + e.getMessage(), "Raise --timeout, or look why it hangs.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error("interrupted", "Run it again.");
    }
  }

  private static RecordedChecksums read(
      DatabaseSession session, HistoryLocation location, Tool tool) throws SQLException {
    HistoryResult reading = Tools.reader(tool, location).read(session);
    if (reading instanceof Unreadable unreadable) {
      throw error(unreadable.why(), String.join(" Or: ", unreadable.actions()));
    }
    // If nothing was applied, no applied migration can have been edited.
    HistoryPlace place = reading.place();
    Map<String, String> byName =
        !(reading instanceof History)
            ? Map.of()
            : tool == Tool.FLYWAY ? flyway(session, place) : liquibase(session, place);
    return new RecordedChecksums(place.dbms(), place.schema(), byName);
  }

  private static Map<String, String> liquibase(DatabaseSession session, HistoryPlace place)
      throws SQLException {
    Map<String, String> checksums = new LinkedHashMap<>();
    session.forEach(
        "SELECT FILENAME, ID, AUTHOR, MD5SUM FROM "
            + table(session, place)
            + " WHERE EXECTYPE IN ('EXECUTED', 'RERAN', 'MARK_RAN')"
            + " ORDER BY DATEEXECUTED, ORDEREXECUTED",
        List.of(),
        row ->
            put(
                checksums,
                new ChangesetKey(row.getString(1), row.getString(2), row.getString(3)).toString(),
                row.getString(4)));
    return checksums;
  }

  private static Map<String, String> flyway(DatabaseSession session, HistoryPlace place)
      throws SQLException {
    Map<String, String> checksums = new LinkedHashMap<>();
    session.forEach(
        String.format(
            "SELECT %s, %s, %s, %s FROM %s ORDER BY %s",
            session.quoted("version"),
            session.quoted("type"),
            session.quoted("success"),
            session.quoted("checksum"),
            table(session, place),
            session.quoted("installed_rank")),
        List.of(),
        row -> addFlyway(checksums, row));
    return checksums;
  }

  private static void addFlyway(Map<String, String> checksums, ResultSet row) throws SQLException {
    String version = row.getString(1);
    String type = row.getString(2);
    if (version != null && row.getBoolean(3) && type.equals("SQL")) {
      put(checksums, version, row.getString(4));
    } else if (version != null && TAKEN_BACK.contains(type)) {
      checksums.remove(version);
    }
  }

  private static void put(Map<String, String> checksums, String name, String checksum) {
    if (checksum == null) {
      checksums.remove(name);
    } else {
      checksums.put(name, checksum);
    }
  }

  private static String table(DatabaseSession session, HistoryPlace place) {
    return session.quoted(Objects.requireNonNullElse(place.schema(), ""))
        + "."
        + session.quoted(place.table());
  }

  private static ConfigurationException error(String what, String action) {
    return new ConfigurationException("--url", what, action);
  }
}
