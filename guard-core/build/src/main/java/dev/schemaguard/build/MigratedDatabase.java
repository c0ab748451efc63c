// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database that has all of the application's migrations, from whose tables a {@code
 * schema-guard/schema.<dbms>.txt} is written. It must be of the product that production uses. It is
 * only read. Immutable.
 *
 * <pre>{@code
 * SchemaFiles.flyway("db/migration")
 *     .withSchema(MigratedDatabase.of(dataSource).leaveOut("audit_%"))
 *     .verify();
 * }</pre>
 */
public final class MigratedDatabase {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

  /**
   * What is known about the database.
   *
   * @param tool null means that of the migrations, else the tool whose table exists
   * @param revision null means the head of the chain
   */
  record Options(
      DataSource dataSource,
      HistoryLocation location,
      @Nullable Tool tool,
      @Nullable CustomHistoryTable customTable,
      List<String> furtherSchemas,
      List<String> leftOut,
      @Nullable String revision,
      Duration timeout) {}

  private final Options options;

  private MigratedDatabase(Options options) {
    this.options = options;
  }

  /** Returns the database that a DataSource connects to; its history is in the default place. */
  public static MigratedDatabase of(DataSource dataSource) {
    return new MigratedDatabase(
        new Options(
            requireNonNull(dataSource, "dataSource"),
            HistoryLocation.DEFAULT,
            null,
            null,
            List.of(),
            List.of(),
            null,
            DEFAULT_TIMEOUT));
  }

  /** Returns the same database with a history under other names, or in another schema. */
  public MigratedDatabase history(HistoryLocation location) {
    Options o = options;
    return new MigratedDatabase(
        new Options(
            o.dataSource,
            requireNonNull(location, "location"),
            o.tool,
            o.customTable,
            o.furtherSchemas,
            o.leftOut,
            o.revision,
            o.timeout));
  }

  /**
   * Returns the same database with the tool that migrated it. By default, this is the tool of the
   * migrations that the test names, else the one whose table exists.
   */
  public MigratedDatabase tool(Tool tool) {
    Options o = options;
    return new MigratedDatabase(
        new Options(
            o.dataSource,
            o.location,
            requireNonNull(tool, "tool"),
            o.customTable,
            o.furtherSchemas,
            o.leftOut,
            o.revision,
            o.timeout));
  }

  /** Returns the same database with the history table of a tool that is not supported. */
  public MigratedDatabase customTable(CustomHistoryTable table) {
    Options o = options;
    return new MigratedDatabase(
        new Options(
            o.dataSource,
            o.location,
            Tool.TABLE,
            requireNonNull(table, "table"),
            o.furtherSchemas,
            o.leftOut,
            o.revision,
            o.timeout));
  }

  /**
   * Returns the same database with further schemas that the application uses, besides that of the
   * history. The names of their tables are written with the schema. Schemas that the file already
   * names are read without this call.
   *
   * @param names as the database spells them
   */
  public MigratedDatabase furtherSchemas(String... names) {
    Options o = options;
    return new MigratedDatabase(
        new Options(
            o.dataSource,
            o.location,
            o.tool,
            o.customTable,
            joined(o.furtherSchemas, names),
            o.leftOut,
            o.revision,
            o.timeout));
  }

  /**
   * Returns the same database without the tables and views that a pattern matches. The file keeps
   * the patterns, so that they are given once.
   *
   * @param patterns as for SQL's LIKE: {@code %} matches any characters, {@code _} matches one, and
   *     a backslash escapes either; compared with the name, and with {@code schema.name} in a
   *     further schema
   */
  public MigratedDatabase leaveOut(String... patterns) {
    Options o = options;
    return new MigratedDatabase(
        new Options(
            o.dataSource,
            o.location,
            o.tool,
            o.customTable,
            o.furtherSchemas,
            joined(o.leftOut, patterns),
            o.revision,
            o.timeout));
  }

  /**
   * Returns the same database, migrated up to a revision that is not the head. It is for the first
   * file of an application whose minimum is below its head.
   *
   * @param revision a reference to a line of the chain
   */
  public MigratedDatabase at(String revision) {
    Options o = options;
    return new MigratedDatabase(
        new Options(
            o.dataSource,
            o.location,
            o.tool,
            o.customTable,
            o.furtherSchemas,
            o.leftOut,
            requireNonNull(revision, "revision"),
            o.timeout));
  }

  /** Returns the same database with the time that each query may take; by default one minute. */
  public MigratedDatabase timeout(Duration timeout) {
    Options o = options;
    return new MigratedDatabase(
        new Options(
            o.dataSource,
            o.location,
            o.tool,
            o.customTable,
            o.furtherSchemas,
            o.leftOut,
            o.revision,
            requireNonNull(timeout, "timeout")));
  }

  /**
   * Returns the schema file of this database's product, updated. Nothing is written.
   *
   * @param folder the directory of the file
   * @param matrix the application's matrix, with its chain
   * @throws ConfigurationException if the database is not at the head of the chain, has no tables
   *     of the application or cannot be read; if its product has no schema file; or if the existing
   *     file cannot be read
   */
  public SchemaFileUpdate update(Path folder, CompatibilityMatrix matrix) {
    return update(folder, matrix, Tool.AUTO);
  }

  /** Returns the update; the tool is {@code usual} unless another one is set. */
  SchemaFileUpdate update(Path folder, CompatibilityMatrix matrix, Tool usual) {
    return new SchemaFileGenerator(options, matrix, options.tool == null ? usual : options.tool)
        .update(folder);
  }

  private static List<String> joined(List<String> before, String... more) {
    return Stream.concat(before.stream(), Stream.of(more)).toList();
  }
}
