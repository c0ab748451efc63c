// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryReading.Absent;
import dev.schemaguard.history.HistoryReading.Cause;
import dev.schemaguard.history.HistoryReading.Unreadable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a history table could not be read the straight way: it is spelt otherwise, it is
 * not there, the role may not see it, or it is somewhere else. Runs on the unhappy path only.
 */
final class TableSearch {

  private final ReadSession session;
  private final HistoryPlace place;
  private final @Nullable String namedSchema;
  private final List<String> hallmark;
  private final TableCatalog catalog;
  private final List<TableCatalog.Schema> schemas;
  private final List<TableCatalog.Table> tables;

  /**
   * A search for the table of {@code place} in what the catalog shows now: looked at again, it
   * could show a table that a migration has made meanwhile, and that would seem not to be readable.
   *
   * @param namedSchema the schema as the application named it; null where it named none
   * @param hallmark the columns without which a table of this name is another tool's
   */
  TableSearch(
      ReadSession session, HistoryPlace place, @Nullable String namedSchema, List<String> hallmark)
      throws SQLException {
    this.hallmark = hallmark;
    this.session = session;
    this.place = place;
    this.namedSchema = namedSchema;
    this.catalog = TableCatalog.of(session);
    this.schemas = catalog.schemas();
    this.tables = catalog.tables(place.table());
  }

  /** The table, however it is spelt, if it is in the schema and the role may read it. */
  Optional<TableCatalog.Table> readableTable() {
    return schema()
        .filter(TableCatalog.Schema::usable)
        .flatMap(schema -> table(schema.name()))
        .filter(TableCatalog.Table::readable);
  }

  /** Why there is no {@linkplain #readableTable readable table}. */
  HistoryReading explainMissing(SQLException failure) throws SQLException {
    if (place.schema() == null) {
      return noCurrentSchema();
    }
    Optional<TableCatalog.Schema> found = schema();
    if (found.isEmpty()) {
      return namedSchema == null && session.product().makesSchemasOnDemand()
          ? missing(failure, place.schema())
          : session.product().isHsqldb() && !catalog.isComplete(place.schema())
              ? notReadableIfThere(place.schema())
              : noSchema(place.schema());
    }
    String schema = found.get().name();
    Optional<TableCatalog.Table> table = table(schema);
    if (!found.get().usable()) {
      return notUsable(schema, table);
    }
    if (table.isPresent()) {
      return notReadable(table.get().schema(), table.get().name());
    }
    List<TableCatalog.Table> similar = in(schema);
    return similar.isEmpty()
        ? missing(failure, schema)
        : unreadable(
            Cause.QUERY,
            "the schema " + schema + " has no " + place.table() + " but " + names(similar),
            "Name the table that is meant: the setting table.");
  }

  /** What a failure to read a table that the catalog shows means. */
  HistoryReading refused(TableCatalog.Table table, SQLException failure) throws SQLException {
    return SqlFailure.of(failure).isPermission()
        ? notReadable(table.schema(), table.name())
        : unreadable(
            Cause.QUERY,
            "the database refused to read " + table.name() + ": " + SqlFailure.message(failure),
            "Look up the database's message; the guard reads the table with a plain SELECT.");
  }

  private HistoryReading missing(SQLException failure, String schema) throws SQLException {
    SqlFailure reason = SqlFailure.of(spelt(schema, failure));
    if (reason.isPermission()) {
      return notReadable(schema, place.table());
    }
    if (namedSchema == null && !session.product().keepsSchemasAsCatalogs() && anyMayBeTheTools()) {
      return elsewhere("the current schema " + schema + " has no " + place.table());
    }
    if (catalog.isComplete(schema) || reason.isUndefinedTable()) {
      return new Absent(new HistoryPlace(place.tool(), place.dbms(), schema, place.table()));
    }
    if (session.product().isHsqldb()) {
      return notReadableIfThere(schema);
    }
    return unreadable(
        Cause.QUERY,
        place.table()
            + " cannot be read, and this database does not say whether it is there: "
            + SqlFailure.message(failure),
        "Grant SELECT on it, or migrate this database first.");
  }

  /** Whether any table of this name, in whatever schema, is not certainly another tool's. */
  private boolean anyMayBeTheTools() throws SQLException {
    for (TableCatalog.Table table : tables) {
      if (mayBeTheTools(table)) {
        return true;
      }
    }
    return false;
  }

  private boolean mayBeTheTools(TableCatalog.Table table) throws SQLException {
    if (hallmark.isEmpty()) {
      return true;
    }
    try {
      Set<String> columns = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      columns.addAll(
          session.columns(session.quoted(table.schema()) + "." + session.quoted(table.name())));
      return columns.containsAll(hallmark);
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      session.recover();
      return true;
    }
  }

  /** The failure to read the table in {@code schema}, if that is not how the schema was spelt. */
  private SQLException spelt(String schema, SQLException failure) throws SQLException {
    if (schema.equals(place.schema())) {
      return failure;
    }
    try {
      session.columns(session.quoted(schema) + "." + session.quoted(place.table()));
      return failure;
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      session.recover();
      return e;
    }
  }

  private HistoryReading elsewhere(String why) {
    return unreadable(
        Cause.ELSEWHERE,
        why + ", but " + schemasOfTables() + " has",
        "Name the schema that is meant: the setting schema, or --schema "
            + tables.get(0).schema()
            + " on the command line.");
  }

  private HistoryReading noSchema(String schema) throws SQLException {
    return unreadable(
        Cause.SCHEMA,
        "there is no schema "
            + schema
            + (catalog.isComplete(schema) ? "" : " that this role may see"),
        "Correct the setting schema; "
            + (tables.isEmpty()
                ? "there are " + schemaNames()
                : place.table() + " is in " + schemasOfTables())
            + ".");
  }

  /** On PostgreSQL, a schema of the search path is no current one while the role may not use it. */
  private HistoryReading noCurrentSchema() throws SQLException {
    if (tables.isEmpty()) {
      return unreadable(
          Cause.SCHEMA,
          "the connection has no current schema",
          "Name one: the setting schema, or --schema on the command line, or in the URL. There are "
              + schemaNames()
              + ".");
    }
    TableCatalog.Table only = tables.get(0);
    boolean closed = schemas.contains(new TableCatalog.Schema(only.schema(), false));
    return tables.size() == 1 && closed
        ? notUsable(only.schema(), Optional.of(only))
        : elsewhere("the connection has no current schema");
  }

  private HistoryReading notUsable(String schema, Optional<TableCatalog.Table> table)
      throws SQLException {
    Grants grants = Grants.to(session);
    String usage = grants.usage(schema);
    return unreadable(
        Cause.PERMISSION,
        "the role may not use the schema " + schema,
        table
            .filter(closed -> !closed.readable())
            .map(closed -> usage + "; " + grants.select(closed.schema(), closed.name()))
            .orElse(usage));
  }

  private HistoryReading notReadable(String schema, String table) throws SQLException {
    return unreadable(
        Cause.PERMISSION,
        "the role may not read " + schema + "." + table,
        Grants.to(session).select(schema, table));
  }

  private HistoryReading notReadableIfThere(String schema) throws SQLException {
    return unreadable(
        Cause.PERMISSION,
        schema
            + "."
            + place.table()
            + " is not there, or the role may not read it: only the owner"
            + " of the schema and an administrator are told which",
        Grants.to(session).select(schema, place.table()),
        "Migrate this database first, if it is a new one.");
  }

  private Unreadable unreadable(Cause cause, String why, String... actions) {
    return new Unreadable(place, cause, why, List.of(actions));
  }

  private String schemaNames() {
    return schemas.stream()
        .map(TableCatalog.Schema::name)
        .limit(10)
        .collect(Collectors.joining(", "));
  }

  private String schemasOfTables() {
    return tables.stream()
        .map(TableCatalog.Table::schema)
        .distinct()
        .limit(10)
        .collect(Collectors.joining(", "));
  }

  private static String names(List<TableCatalog.Table> tables) {
    return tables.stream()
        .map(TableCatalog.Table::name)
        .limit(10)
        .collect(Collectors.joining(", "));
  }

  private Optional<TableCatalog.Schema> schema() {
    String wanted = place.schema();
    return wanted == null
        ? Optional.empty()
        : sole(schemas, schemas.stream().map(TableCatalog.Schema::name).toList(), wanted);
  }

  private Optional<TableCatalog.Table> table(String schema) {
    List<TableCatalog.Table> here = in(schema);
    return sole(here, here.stream().map(TableCatalog.Table::name).toList(), place.table());
  }

  private List<TableCatalog.Table> in(String schema) {
    return tables.stream().filter(table -> table.schema().equals(schema)).toList();
  }

  /** The one of exactly this name, else the only one of this name in another letter case. */
  private static <T> Optional<T> sole(List<T> things, List<String> names, String wanted) {
    if (names.contains(wanted)) {
      return Optional.of(things.get(names.indexOf(wanted)));
    }
    List<T> similar =
        things.stream()
            .filter(thing -> names.get(things.indexOf(thing)).equalsIgnoreCase(wanted))
            .toList();
    return similar.size() == 1 ? Optional.of(similar.get(0)) : Optional.empty();
  }
}
