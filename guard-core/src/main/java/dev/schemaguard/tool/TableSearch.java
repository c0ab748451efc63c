// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Dialect;
import dev.schemaguard.dialect.Grants;
import dev.schemaguard.dialect.SqlFailure;
import dev.schemaguard.dialect.TableCatalog;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Determines why a history table could not be read directly: it is spelt differently, it does not
 * exist, the role may not see it, or it is in another schema. It runs on the failure path only.
 */
final class TableSearch {

  private final DatabaseSession session;
  private final HistoryPlace place;
  private final @Nullable String namedSchema;
  private final @Nullable String namedTable;
  private final TableCatalog catalog;
  private final List<TableCatalog.Schema> schemas;
  private final List<TableCatalog.Table> tables;

  /**
   * Creates a search for the table of {@code place} in what the catalog shows now. The catalog is
   * read only once: read again, it could show a table that a migration has created in the meantime,
   * which would then be reported as not readable.
   *
   * @param named the schema and the table as the application named them, if it did
   */
  TableSearch(DatabaseSession session, HistoryPlace place, HistoryLocation named)
      throws SQLException {
    this.session = session;
    this.place = place;
    this.namedSchema = named.schema();
    this.namedTable = named.table();
    this.catalog = TableCatalog.of(session);
    this.schemas = catalog.schemas();
    this.tables = catalog.tables(place.table());
  }

  /** Returns the table, however it is spelt, if it is in the schema and the role may read it. */
  Optional<TableCatalog.Table> readableTable() {
    return schema()
        .filter(TableCatalog.Schema::usable)
        .flatMap(schema -> table(schema.name()))
        .filter(TableCatalog.Table::readable);
  }

  /**
   * Returns the table with exactly the name that the application gave, if the tool spells it
   * differently.
   */
  Optional<TableCatalog.Table> tableAsNamed() {
    return schema().stream()
        .flatMap(schema -> in(schema.name()).stream())
        .filter(table -> table.readable() && table.name().equals(namedTable))
        .findFirst();
  }

  /** Returns why there is no {@linkplain #readableTable readable table}. */
  HistoryResult explainMissing(SQLException failure) throws SQLException {
    if (place.schema() == null) {
      return noCurrentSchema();
    }
    Optional<TableCatalog.Schema> found = schema();
    if (found.isEmpty()) {
      return namedSchema == null && session.dialect().createsSchemasOnDemand()
          ? missing(failure, place.schema())
          : session.dialect().hidesWhetherTablesExist() && !catalog.isComplete(place.schema())
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
    return missing(failure, schema);
  }

  /** Returns what a failure to read a table that the catalog shows means. */
  HistoryResult refused(TableCatalog.Table table, SQLException failure) throws SQLException {
    HistoryPlace found = new HistoryPlace(place.tool(), place.dbms(), table.schema(), table.name());
    if (session.meaning(failure).isPermissionOnExisting()) {
      return catalog.hidesRows(found) ? HiddenRows.of(session, found) : notReadable(found);
    }
    return unreadable(
        Cause.QUERY,
        "the database refused to read " + table.name() + ": " + SqlFailure.message(failure),
        "Look up the database's message; the guard reads the table with a plain SELECT.");
  }

  /**
   * Returns which table may not be read. A view on which the role has the right still cannot be
   * read if the role has no right on a table behind it.
   */
  private HistoryResult notReadable(HistoryPlace found) throws SQLException {
    List<TableCatalog.Table> behind = catalog.unreadableBehind(found);
    return behind.isEmpty()
        ? notReadable(String.valueOf(found.schema()), found.table())
        : notReadable(behind.get(0).schema(), behind.get(0).name());
  }

  private HistoryResult missing(SQLException failure, String schema) throws SQLException {
    SqlFailure reason = session.meaning(spelt(schema, failure));
    if (reason.isPermission()) {
      return notReadable(schema, place.table());
    }
    if (catalog.isComplete(schema) || reason.isUndefinedTable()) {
      return new Absent(new HistoryPlace(place.tool(), place.dbms(), schema, place.table()));
    }
    if (session.dialect().hidesWhetherTablesExist()) {
      return notReadableIfThere(schema);
    }
    return unreadable(
        Cause.QUERY,
        place.table()
            + " cannot be read, and this database does not say whether it is there: "
            + SqlFailure.message(failure),
        "Grant SELECT on it, or migrate this database first.");
  }

  /**
   * Returns the failure to read the table in {@code schema}, if the schema was spelt differently.
   */
  private SQLException spelt(String schema, SQLException failure) throws SQLException {
    if (schema.equals(place.schema())) {
      return failure;
    }
    try {
      session.columns(session.qualified(schema, place.table()));
      return failure;
    } catch (SQLException e) {
      session.recoverFrom(e);
      return e;
    }
  }

  private HistoryResult elsewhere(String why) {
    return unreadable(
        Cause.ELSEWHERE,
        why + ", but " + schemasOfTables() + " has",
        "Set `schema` to "
            + tables.get(0).schema()
            + (" (--schema " + tables.get(0).schema() + ")."));
  }

  private HistoryResult noSchema(String schema) throws SQLException {
    if (schemas.contains(new TableCatalog.Schema(Dialect.NO_SCHEMAS, true))) {
      return unreadable(
          Cause.SCHEMA,
          "this database has no schemas, and the setting schema is " + schema,
          "Remove the setting schema (--schema).");
    }
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

  /**
   * Returns why there is no current schema. On PostgreSQL, a schema of the search path is not the
   * current one if the role may not use it.
   */
  private HistoryResult noCurrentSchema() throws SQLException {
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

  private HistoryResult notUsable(String schema, Optional<TableCatalog.Table> table)
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

  private HistoryResult notReadable(String schema, String table) throws SQLException {
    return unreadable(
        Cause.PERMISSION,
        "the role may not read " + withSchema(schema, table),
        Grants.to(session).selectNowOrAlsoLater(schema, table).toArray(String[]::new));
  }

  private HistoryResult notReadableIfThere(String schema) throws SQLException {
    return unreadable(
        Cause.PERMISSION,
        withSchema(schema, place.table())
            + " does not exist, or the role may not read it: only the owner"
            + " of the schema and an administrator can see which",
        Grants.to(session).select(schema, place.table()),
        "Migrate this database first, if it is a new one.");
  }

  private static String withSchema(String schema, String table) {
    return schema.isEmpty() ? table : schema + "." + table;
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

  private Optional<TableCatalog.Schema> schema() {
    String wanted = place.schema();
    return wanted == null
        ? Optional.empty()
        : sole(schemas, schemas.stream().map(TableCatalog.Schema::name).toList(), wanted);
  }

  private Optional<TableCatalog.Table> table(String schema) {
    List<TableCatalog.Table> here = in(schema);
    List<String> names = here.stream().map(TableCatalog.Table::name).toList();
    boolean asNamed = !names.contains(place.table()) && names.contains(namedTable);
    return sole(here, names, asNamed ? String.valueOf(namedTable) : place.table());
  }

  private List<TableCatalog.Table> in(String schema) {
    return tables.stream().filter(table -> table.schema().equals(schema)).toList();
  }

  /**
   * Returns the one with exactly this name, else the only one with this name in another letter
   * case.
   */
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
