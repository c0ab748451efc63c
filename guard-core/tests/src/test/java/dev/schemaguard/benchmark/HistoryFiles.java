// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;

/**
 * An application with so many revisions: its matrix and chain, and the same revisions as a
 * changelog and as migrations of Flyway. They create nothing, so that only the history counts.
 */
record HistoryFiles(Path folder, int revisions) {

  static final int FEWEST = 12;

  /** The number of columns that {@link #select} reads. */
  static final int COLUMNS = 8;

  private static final int COLUMNS_OF_A_TABLE = 10;

  /** With more revisions only the guard and the limit are measured. */
  static final int MOST_FOR_TOOLS = 10_000;

  String schema() {
    return "revisions_" + revisions;
  }

  /** Those with the fewest revisions. */
  HistoryFiles smallest() {
    return new HistoryFiles(folder.resolveSibling(String.valueOf(FEWEST)), FEWEST);
  }

  /** The statement that reads the whole history. */
  String select() {
    return "SELECT id, author, filename, dateexecuted, orderexecuted, exectype, comments, tag FROM "
        + schema()
        + ".databasechangelog ORDER BY dateexecuted, orderexecuted";
  }

  /** Where its history is. */
  HistoryLocation history() {
    return new HistoryLocation(schema(), null, null);
  }

  Path matrix() {
    return folder.resolve("compatibility.md");
  }

  private Path chain() {
    return folder.resolve("revisions.txt");
  }

  Path changelog() {
    return folder.resolve("changelog.sql");
  }

  Path migrations() {
    return folder.resolve("migrations");
  }

  /** The same application, with so many rows in its matrix. */
  HistoryFiles withRows(int rows) throws IOException {
    HistoryFiles other = new HistoryFiles(folder.resolve(rows + "-rows"), revisions);
    Files.createDirectories(other.folder);
    Files.copy(chain(), other.chain(), StandardCopyOption.REPLACE_EXISTING);
    other.writeMatrix(rows);
    return other;
  }

  /**
   * The same application with a schema file of so many columns, ten in a table, and these tables.
   */
  HistoryFiles withColumns(int columns, TestDatabase database) throws Exception {
    HistoryFiles other = new HistoryFiles(folder.resolve(columns + "-columns"), revisions);
    Files.createDirectories(other.folder);
    Files.copy(chain(), other.chain(), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(matrix(), other.matrix(), StandardCopyOption.REPLACE_EXISTING);
    StringBuilder file = new StringBuilder();
    List<String> statements = new ArrayList<>();
    for (int table = 0; table < columns / COLUMNS_OF_A_TABLE; table++) {
      String name = "t" + columns + "_" + table;
      file.append("table ").append(name).append('\n');
      StringJoiner definitions = new StringJoiner(", ");
      for (int column = 0; column < COLUMNS_OF_A_TABLE; column++) {
        file.append("  c").append(column).append(" character varying(40)\n");
        definitions.add("c" + column + " varchar(40)");
      }
      statements.add("CREATE TABLE %s.%s (%s)".formatted(schema(), name, definitions));
    }
    statements.add("ANALYZE");
    database.execute(statements.toArray(String[]::new));
    Files.writeString(other.folder.resolve("schema.postgresql.txt"), file);
    return other;
  }

  /** The rows current and 1.0.0, and older versions for the others. */
  private void writeMatrix(int rows) throws IOException {
    String older =
        IntStream.rangeClosed(1, rows - 2)
            .map(n -> rows - 1 - n)
            .mapToObj(n -> "| 0.%d.0 | %s | |\n".formatted(n, id(Math.min(n, revisions))))
            .collect(Collectors.joining());
    Files.writeString(
        matrix(),
        """
        Application: bench
        Unknown ahead: refused

        | App version | Expected head revision | Min compatible revision |
        |---|---|---|
        | current | head | |
        | 1.0.0 | %s | %s |
        """
                .formatted(id(revisions), id(Math.max(1, revisions / 2)))
            + older);
  }

  private boolean forTools() {
    return revisions <= MOST_FOR_TOOLS;
  }

  private static String id(int revision) {
    return "%06d_change_number_%d".formatted(revision, revision);
  }

  private String lines(String form) {
    return IntStream.rangeClosed(1, revisions)
        .mapToObj(n -> form.formatted(id(n)) + "\n")
        .collect(Collectors.joining());
  }

  /** Writes the files, and the histories: Liquibase's and Flyway's by themselves. */
  void create(TestDatabase database) throws Exception {
    Files.createDirectories(migrations());
    Files.writeString(chain(), lines("changelog.sql::%s::team"));
    writeMatrix(2);
    database.execute("CREATE SCHEMA " + schema());
    if (forTools()) {
      recordWithTools(database.dataSource());
    } else {
      copyHistory(database);
    }
    database.execute("ANALYZE");
  }

  private void recordWithTools(DataSource dataSource) throws Exception {
    Files.writeString(
        changelog(), "--liquibase formatted sql\n" + lines("--changeset team:%s\nSELECT 1;"));
    try (Liquibase liquibase = Subject.liquibase(dataSource, this)) {
      liquibase.changeLogSync(new Contexts(), new LabelExpression());
    }
    for (int n = 1; n <= revisions; n++) {
      Files.writeString(migrations().resolve("V" + n + "__" + id(n) + ".sql"), "SELECT 1;");
    }
    Subject.flyway(dataSource, this).migrate();
  }

  /** The rows that Liquibase would have written, without an hour of its work. */
  private void copyHistory(TestDatabase database) throws Exception {
    String like = new HistoryFiles(folder, MOST_FOR_TOOLS).schema() + ".databasechangelog";
    database.execute(
        "CREATE TABLE %s.databasechangelog (LIKE %s INCLUDING ALL)".formatted(schema(), like));
    database.execute(
        """
        INSERT INTO %s.databasechangelog
          (id, author, filename, dateexecuted, orderexecuted, exectype, md5sum, description)
        SELECT lpad(n::text, 6, '0') || '_change_number_' || n, 'team', 'changelog.sql', now(), n,
          'EXECUTED', '9:' || md5(n::text), 'sql'
        FROM generate_series(1, %d) n"""
            .formatted(schema(), revisions));
  }
}
