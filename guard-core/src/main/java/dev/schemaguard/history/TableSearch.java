// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryReading.Absent;
import dev.schemaguard.history.HistoryReading.Cause;
import dev.schemaguard.history.HistoryReading.Unreadable;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
  private final TableCatalog catalog;

  /**
   * A search for the table of {@code place}.
   *
   * @param namedSchema the schema as the application named it; null where it named none
   */
  TableSearch(ReadSession session, HistoryPlace place, @Nullable String namedSchema) {
    this.session = session;
    this.place = place;
    this.namedSchema = namedSchema;
    this.catalog = TableCatalog.of(session);
  }

  /** The table, however it is spelt, if it is in the schema and the role may read it. */
  Optional<TableCatalog.Table> readableTable() throws SQLException {
    Optional<TableCatalog.Schema> schema = schema(catalog.schemas());
    return schema.isEmpty() || !schema.get().usable()
        ? Optional.empty()
        : table(catalog.tables(place.table()), schema.get().name())
            .filter(TableCatalog.Table::readable);
  }

  /** Why there is no {@linkplain #readableTable readable table}. */
  HistoryReading explainMissing(SQLException failure) throws SQLException {
    List<TableCatalog.Schema> schemas = catalog.schemas();
    Optional<TableCatalog.Schema> schema = schema(schemas);
    if (schema.isEmpty()) {
      return noSchema(schemas);
    }
    if (!schema.get().usable()) {
      return unreadable(
          Cause.PERMISSION,
          "the role may not use the schema " + schema.get().name(),
          "GRANT USAGE ON SCHEMA " + session.quoted(schema.get().name()) + " TO " + role());
    }
    List<TableCatalog.Table> tables = catalog.tables(place.table());
    Optional<TableCatalog.Table> hidden = table(tables, schema.get().name());
    return hidden.isPresent()
        ? notReadable(hidden.get().schema(), hidden.get().name())
        : missing(failure, schema.get().name(), tables);
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

  private HistoryReading missing(
      SQLException failure, String schema, List<TableCatalog.Table> tables) throws SQLException {
    SqlFailure reason = SqlFailure.of(failure);
    if (reason.isPermission()) {
      return notReadable(schema, place.table());
    }
    if (namedSchema == null && !tables.isEmpty() && !session.product().keepsSchemasAsCatalogs()) {
      String others =
          tables.stream().map(TableCatalog.Table::schema).collect(Collectors.joining(", "));
      return unreadable(
          Cause.ELSEWHERE,
          "the current schema " + schema + " has no " + place.table() + ", but " + others + " has",
          "Name the schema that is meant: the setting schema, or --schema "
              + tables.get(0).schema()
              + " on the command line.");
    }
    if (catalog.isComplete() || reason.isUndefinedTable()) {
      return new Absent(new HistoryPlace(place.tool(), place.dbms(), schema, place.table()));
    }
    return unreadable(
        Cause.QUERY,
        place.table()
            + " cannot be read, and this database does not say whether it is there: "
            + SqlFailure.message(failure),
        "Grant SELECT on it, or migrate this database first.");
  }

  private HistoryReading noSchema(List<TableCatalog.Schema> schemas) {
    String names =
        schemas.stream().map(TableCatalog.Schema::name).limit(10).collect(Collectors.joining(", "));
    return place.schema() == null
        ? unreadable(
            Cause.SCHEMA,
            "the connection has no current schema",
            "Name one: the setting schema, or --schema on the command line, or in the URL. There"
                + " are "
                + names
                + ".")
        : unreadable(
            Cause.SCHEMA,
            "there is no schema " + place.schema(),
            "Correct the setting schema; there are " + names + ".");
  }

  private HistoryReading notReadable(String schema, String table) throws SQLException {
    return unreadable(
        Cause.PERMISSION,
        "the role may not read " + schema + "." + table,
        "GRANT SELECT ON "
            + session.quoted(schema)
            + "."
            + session.quoted(table)
            + " TO "
            + role());
  }

  private Unreadable unreadable(Cause cause, String why, String... actions) {
    return new Unreadable(place, cause, why, List.of(actions));
  }

  private String role() throws SQLException {
    String user = session.connection().getMetaData().getUserName();
    return user == null || user.isEmpty() ? "the role" : user;
  }

  private Optional<TableCatalog.Schema> schema(List<TableCatalog.Schema> schemas) {
    String wanted = place.schema();
    return wanted == null
        ? Optional.empty()
        : sole(schemas, schemas.stream().map(TableCatalog.Schema::name).toList(), wanted);
  }

  private Optional<TableCatalog.Table> table(List<TableCatalog.Table> tables, String schema) {
    List<TableCatalog.Table> here =
        tables.stream().filter(table -> table.schema().equals(schema)).toList();
    return sole(here, here.stream().map(TableCatalog.Table::name).toList(), place.table());
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
