// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
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

  /** With more revisions only the guard and the limit are measured. */
  static final int MOST_FOR_TOOLS = 10_000;

  String schema() {
    return "revisions_" + revisions;
  }

  Path matrix() {
    return folder.resolve("compatibility.md");
  }

  Path changelog() {
    return folder.resolve("changelog.sql");
  }

  Path migrations() {
    return folder.resolve("migrations");
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
    Files.writeString(folder.resolve("revisions.txt"), lines("changelog.sql::%s::team"));
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
            .formatted(id(revisions), id(Math.max(1, revisions / 2))));
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
