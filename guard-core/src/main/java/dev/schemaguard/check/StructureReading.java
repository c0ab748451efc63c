// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.PendingLines;
import dev.schemaguard.assessment.StructureEvidence;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.StatementLimit;
import dev.schemaguard.dialect.StructureCatalog;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.status.MigrationStatus.Structure;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.StructureComparison;
import dev.schemaguard.structure.StructureDifference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what the catalog shows of the tables in the schema file, and compares it. Used once. */
final class StructureReading {

  private static final String HIDES = "the catalog hides tables and columns ";

  private final DatabaseSession session;
  private final Assessment assessment;
  private final StructureCheck check;
  private final SchemaFile file;

  /** Creates a reading of a database that there is a schema file for. */
  StructureReading(DatabaseSession session, Assessment assessment, StructureCheck check) {
    this.session = session;
    this.assessment = assessment;
    this.check = check;
    this.file =
        assessment.assessor().matrix().schemaFile(session.dbms(), SchemaFile::parse).orElseThrow();
  }

  /** Returns what was found; if nothing could be compared, why. */
  StructureEvidence evidence() throws SQLException {
    Optional<PendingLines> pending = assessment.pendingLines();
    if (pending.isEmpty()) {
      return notComparable("there is no chain, revisions.txt, that says whether this is its head");
    }
    if (!pending.get().isUpToHead()) {
      return notComparable(
          "it is that of the newest revision, and this version expects "
              + assessment.comparison().expected());
    }
    String first = file.since();
    if (first != null && pending.get().test(first)) {
      return notComparable("it was first written at " + first + ", which is pending");
    }
    if (first == null
        && assessment.verdict() == Verdict.BEHIND
        && !pending.get().isFrom(revisions())) {
      return notComparable(
          pending.get().first()
              + " is pending, and none of its lines says since= which revision up to that brought"
              + " it");
    }
    Optional<StructureCatalog> catalog = session.dialect().structure();
    return catalog.isEmpty()
        ? notComparable("the catalog of " + session.dbms() + " is not read")
        : read(catalog.get(), pending.get());
  }

  private StructureEvidence read(StructureCatalog catalog, PendingLines pending)
      throws SQLException {
    StatementLimit limit = session.halfOfTheTime();
    try (limit) {
      return compare(catalog, pending);
    } catch (SQLException e) {
      limit.close();
      session.recoverFrom(e);
      return notComparable(
          limit.hasPassed()
              ? "the catalog did not answer within " + limit.millis() + " ms"
              : "the catalog cannot be read: " + Database.message(e));
    }
  }

  private StructureEvidence compare(StructureCatalog catalog, PendingLines pending)
      throws SQLException {
    String schema = schema();
    Set<String> schemas = schemas(schema);
    DatabaseStructure database = catalog.read(session, schemas, names());
    if (!check.ofTenant() && !holdsAny(database, schema)) {
      // Liquibase and Flyway may keep the history in another schema than the tables.
      schema = session.currentSchema();
      schemas = schemas(schema);
      database = catalog.read(session, schemas, names());
    }
    StructureDifference difference =
        StructureComparison.of(file, database, session.dbms(), pending, pending.isAny(), schema);
    String hidden = needsAll(difference) ? hidden(catalog, schema, schemas) : null;
    return hidden == null ? evidence(difference) : notComparable(hidden);
  }

  /** Returns the schemas of the tables: those that the file names, and the one of the others. */
  private Set<String> schemas(@Nullable String unnamed) {
    Set<String> schemas = new LinkedHashSet<>();
    if (unnamed != null) {
      schemas.add(unnamed);
    }
    for (FileTable table : file.tables()) {
      if (table.name().schema() != null) {
        schemas.add(table.name().schema());
      }
    }
    return schemas;
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    for (FileTable table : file.tables()) {
      names.add(table.name().name());
    }
    return names;
  }

  /** Returns whether a schema has any of the tables whose names have no schema in the file. */
  private boolean holdsAny(DatabaseStructure database, @Nullable String schema) {
    boolean isAnyUnnamed = false;
    for (FileTable table : file.tables()) {
      if (table.name().schema() == null) {
        isAnyUnnamed = true;
        if (database.has(table.name(), schema)) {
          return true;
        }
      }
    }
    return !isAnyUnnamed;
  }

  /**
   * Returns whether the result depends on what a catalog may hide: something that is missing, and a
   * column that every INSERT has to name, if the result is to admit unknown revisions.
   */
  private boolean needsAll(StructureDifference difference) {
    return !difference.missing().isEmpty()
        || (difference.isEmpty() && assessment.verdict() == Verdict.AHEAD_UNKNOWN);
  }

  /** Returns why tables may exist that this role does not see; null if it sees all. */
  private @Nullable String hidden(
      StructureCatalog catalog, @Nullable String schema, Set<String> schemas) throws SQLException {
    if (schema == null && !catalog.isComplete(session, null)) {
      return HIDES + "that this role may not use";
    }
    for (String each : schemas) {
      if (!catalog.isComplete(session, each)) {
        return HIDES + "of the schema " + each + " that this role may not use";
      }
    }
    return null;
  }

  /** Returns the schema of the history; null on a database without schemas. */
  private @Nullable String schema() throws SQLException {
    HistoryResult reading = Objects.requireNonNull(assessment.reading());
    HistoryPlace place = reading.place();
    return place.schema() != null ? place.schema() : session.currentSchema();
  }

  private StructureEvidence evidence(StructureDifference difference) {
    int tables = 0;
    int columns = 0;
    for (FileTable table : file.tables()) {
      if (!table.attributes().unused()) {
        tables++;
        columns +=
            (int) table.columns().stream().filter(each -> !each.attributes().unused()).count();
      }
    }
    return new StructureEvidence(
        new Structure(
            difference.isEmpty() ? Result.INTACT : Result.BROKEN,
            difference.missing(),
            difference.changed(),
            difference.newlyRequired()),
        "",
        tables,
        columns,
        difference.since(),
        check.enforced());
  }

  /** Returns the revisions that the lines of the file name by {@code since=}. */
  private List<String> revisions() {
    List<String> revisions = new ArrayList<>();
    for (FileTable table : file.tables()) {
      add(revisions, table.attributes().since());
      table.columns().forEach(each -> add(revisions, each.attributes().since()));
      table.keys().forEach(each -> add(revisions, each.attributes().since()));
    }
    return revisions;
  }

  private static void add(List<String> revisions, @Nullable String since) {
    if (since != null) {
      revisions.add(since);
    }
  }

  private StructureEvidence notComparable(String reason) {
    return StructureEvidence.notComparable(reason, check.enforced());
  }
}
