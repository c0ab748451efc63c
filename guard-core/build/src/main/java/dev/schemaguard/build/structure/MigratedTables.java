// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.structure;

import dev.schemaguard.assessment.ChainHistory;
import dev.schemaguard.assessment.PathPatterns;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.StructureCatalog;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.Table;
import dev.schemaguard.structure.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The tables and views of a migrated database, without those of migration tools.
 *
 * @param place where its history is
 * @param tables with a schema only if it is not that of the history; in the order of their names
 * @param optional the names of the optional revisions that the database also has
 */
public record MigratedTables(HistoryPlace place, List<Table> tables, List<String> optional) {

  /** Copies the lists. */
  public MigratedTables {
    tables = List.copyOf(tables);
    optional = List.copyOf(optional);
  }

  /**
   * Reads the tables of a database that the chain's migrations have migrated.
   *
   * @param paths which entries of a shared history are this application's
   * @param furtherSchemas the schemas to read besides that of the history
   * @throws ConfigurationException if there is no history, if the product's catalog is not read, or
   *     if a schema has no table
   * @throws SQLException if the database refuses
   */
  public static MigratedTables read(
      DatabaseSession session,
      HistoryReader reader,
      HistoryLocation location,
      RevisionChain chain,
      PathPatterns paths,
      Collection<String> furtherSchemas)
      throws SQLException {
    HistoryResult result = reader.read(session);
    if (!(result instanceof History history)) {
      throw new ConfigurationException(
          result.place().text(),
          "there is no history that can be read",
          "Name a database that has all migrations.");
    }
    HistoryPlace place = history.place();
    Set<String> schemas = new LinkedHashSet<>();
    if (place.schema() != null) {
      schemas.add(place.schema());
    }
    schemas.addAll(furtherSchemas);
    StructureCatalog catalog = session.dialect().structure().orElseThrow();
    requireComplete(session, catalog, schemas);
    DatabaseStructure all = catalog.read(session, schemas, null);
    requireTables(all, furtherSchemas);
    return new MigratedTables(
        place,
        own(all, new ToolTables(session, place, location), place),
        optional(chain, history, paths));
  }

  private static void requireComplete(
      DatabaseSession session, StructureCatalog catalog, Set<String> schemas) throws SQLException {
    for (String schema : schemas) {
      if (!catalog.isComplete(session, schema)) {
        throw new ConfigurationException(
            "schema " + schema,
            "the catalog may hide tables and columns of it from this role",
            "Use the role that runs the migrations, which owns them.");
      }
    }
  }

  /** Returns the names of the tables. */
  public List<TableName> names() {
    List<TableName> names = new ArrayList<>();
    for (Table table : tables) {
      names.add(table.name());
    }
    return names;
  }

  /** Returns the tables that no pattern matches. */
  public List<Table> without(LeftOut leftOut) {
    Set<TableName> matching = leftOut.matches(names());
    List<Table> others = new ArrayList<>();
    for (Table table : tables) {
      if (!matching.contains(table.name())) {
        others.add(table);
      }
    }
    return others;
  }

  private static void requireTables(DatabaseStructure all, Collection<String> schemas) {
    for (String schema : schemas) {
      if (all.tables().keySet().stream().noneMatch(name -> schema.equals(name.schema()))) {
        throw new ConfigurationException(
            "schema " + schema,
            "it has no table, or does not exist",
            "Name it as the database spells it, or leave it out. If the application no longer"
                + " uses it, delete its tables from the schema file.");
      }
    }
  }

  private static List<Table> own(DatabaseStructure all, ToolTables tools, HistoryPlace place) {
    List<Table> own = new ArrayList<>();
    for (Table table : all.sorted()) {
      TableName name = table.name();
      boolean besideHistory = name.schema() == null || name.schema().equals(place.schema());
      Table shown =
          new Table(
              besideHistory ? new TableName(null, name.name()) : name,
              table.view(),
              table.columns(),
              table.keys(),
              table.readOnly());
      if (!tools.contains(shown)) {
        own.add(shown);
      }
    }
    own.sort((one, other) -> one.name().compareTo(other.name()));
    return own;
  }

  private static List<String> optional(RevisionChain chain, History history, PathPatterns paths) {
    BitSet applied = new ChainHistory(chain, history, paths).applied();
    List<String> names = new ArrayList<>();
    for (int position : chain.attributedPositions()) {
      if (applied.get(position) && Objects.requireNonNull(chain.attributed(position)).optional()) {
        names.add(chain.displayName(chain.revision(position)));
      }
    }
    return names;
  }
}
