// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.PathPatterns;
import dev.schemaguard.build.MigratedDatabase.Options;
import dev.schemaguard.build.structure.LeftOut;
import dev.schemaguard.build.structure.MigratedTables;
import dev.schemaguard.build.structure.SchemaFileMerge;
import dev.schemaguard.check.BoundedConnectionTask;
import dev.schemaguard.check.BoundedConnectionTask.NoConnectionException;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Dialects;
import dev.schemaguard.dialect.SqlFailure;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.Table;
import dev.schemaguard.tool.Tools;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * Reads a migrated database and updates the schema file of its product.
 *
 * @param options the database
 * @param matrix the application's matrix, with its chain
 * @param tool the tool that migrated the database
 */
record SchemaFileGenerator(Options options, CompatibilityMatrix matrix, Tool tool) {

  private static final String PLACE = "the migrated database";

  /** Returns the update, as {@link MigratedDatabase#update} specifies. */
  SchemaFileUpdate update(Path folder) {
    RevisionChain chain =
        matrix
            .chain()
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        matrix.origin(),
                        "there is no chain, so it is unknown what the database must have",
                        "Generate revisions.txt beside it first."));
    String dbms = product();
    Path file = folder.resolve(SchemaFileName.of(dbms));
    String before = new TextFile(file).read();
    SchemaFile known =
        before == null
            ? new SchemaFile(file.toString(), List.of(), List.of())
            : SchemaFile.parse(before, file.toString());
    Revision revision = revision(chain, dbms, known);
    new MigratedState(options, matrix, tool, revision).require(chain, options.revision() == null);
    MigratedTables read = ask(session -> tables(session, chain, known));
    LeftOut leftOut = LeftOut.of(known.leftOut(), options.leftOut());
    List<Table> tables = read.without(leftOut);
    if (tables.isEmpty()) {
      throw new ConfigurationException(
          read.place().text(),
          "beside the migration tool's own tables, the schema has none"
              + (leftOut.patterns().isEmpty() ? "" : " that leave-out does not match"),
          "If the tables are in another schema than the history, name it: --further-schemas, or"
              + " furtherSchemas(…) in the test. If not, use a database that was migrated.");
    }
    String head = chain.displayName(revision);
    SchemaFile after = new SchemaFileMerge(dbms, head).merge(known, tables, leftOut);
    return SchemaFileUpdate.of(
        file, before, known, after, warnings(known.tables().isEmpty(), head, dbms, chain, read));
  }

  private String product() {
    List<String> found =
        ask(
            session ->
                session.dialect().structure().isPresent()
                    ? List.of(session.dbms())
                    : List.of(session.dbms(), ""));
    if (found.size() > 1) {
      throw new ConfigurationException(
          PLACE,
          "there is no schema file for " + found.get(0) + ", because its catalog is not read",
          "Use a database of one of these products: "
              + String.join(", ", Dialects.withStructure())
              + ".");
    }
    return found.get(0);
  }

  /** Returns the revision that the database must be at. */
  private Revision revision(RevisionChain chain, String dbms, SchemaFile known) {
    String named = options.revision();
    if (named == null) {
      return chain
          .head(dbms)
          .orElseThrow(
              () ->
                  new ConfigurationException(
                      chain.origin(),
                      "no revision of the chain is required on " + dbms,
                      "Write the schema file when the first migration is there."));
    }
    if (!known.tables().isEmpty()) {
      throw new ConfigurationException(
          known.origin(),
          "only the first schema file can be written at a revision before the head",
          "Delete the file first; then write it at " + named + ", then again at the head.");
    }
    return chain.resolve(named, "at");
  }

  private MigratedTables tables(DatabaseSession session, RevisionChain chain, SchemaFile known)
      throws SQLException {
    HistoryReader reader =
        options.customTable() != null
            ? Tools.reader(options.customTable(), options.location())
            : Tools.reader(
                tool, options.location(), history -> Assessor.mayBeOurs(matrix, history));
    Set<String> schemas = new LinkedHashSet<>(options.furtherSchemas());
    for (FileTable table : known.tables()) {
      String schema = table.name().schema();
      if (schema != null) {
        schemas.add(schema);
      }
    }
    return MigratedTables.read(
        session, reader, options.location(), chain, new PathPatterns(matrix.paths()), schemas);
  }

  private List<String> warnings(
      boolean first, String head, String dbms, RevisionChain chain, MigratedTables read) {
    List<String> warnings = new ArrayList<>();
    if (first && options.revision() == null) {
      SupportedDatabases.of(matrix, chain, dbms)
          .minBelowHead()
          .ifPresent(min -> warnings.add(firstBelowHead(min, head, dbms)));
    }
    for (String pattern : new LeftOut(options.leftOut()).unmatched(read.names())) {
      warnings.add("leave-out " + pattern + " matches no table");
    }
    if (!read.optional().isEmpty()) {
      warnings.add(
          "the database also has "
              + Names.some(read.optional())
              + ", optional in the chain: production need not have what this creates. Migrate the"
              + " database with production's filter, or leave these tables out.");
    }
    return warnings;
  }

  private static String firstBelowHead(String min, String head, String dbms) {
    return "this is the first schema file, and versions with its head also run on "
        + min
        + ", but databases that lack "
        + head
        + " are not compared. "
        + SchemaFileVerification.rewrite(SchemaFileName.of(dbms), min);
  }

  /** Does work on a connection. */
  private <T> T ask(BoundedConnectionTask.Work<T> work) {
    try {
      return new BoundedConnectionTask<>(options.dataSource(), work).within(options.timeout());
    } catch (SQLException | NoConnectionException e) {
      throw error(SqlFailure.message(e), "Check URL, user and password, and look at its log.", e);
    } catch (TimeoutException e) {
      throw error("no answer from " + e.getMessage(), "Find out why it hangs.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw error("interrupted", "Run it again.", e);
    }
  }

  private static ConfigurationException error(String what, String action, Exception cause) {
    return new ConfigurationException(PLACE, what, action, cause);
  }
}
