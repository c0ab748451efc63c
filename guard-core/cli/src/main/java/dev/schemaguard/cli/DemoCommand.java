// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.VersionPattern;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.report.CompatibilityGrid.Cell;
import dev.schemaguard.report.GridSymbol;
import dev.schemaguard.status.MigrationStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code demo}, which shows the complete sequence on an in-memory database. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "The whole story, on an embedded H2 database that Liquibase migrates step by step.")
final class DemoCommand implements Callable<Integer> {

  private static final String NEW_VERSION = "0.6.1";
  private static final int STEPS_BEFORE_RELEASE = 9;
  private static final int CELL = 6;

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws Exception {
    RevisionChain chain =
        RevisionChain.parse(resource("schema-guard/revisions.txt"), "revisions.txt");
    String document = resource("schema-guard/compatibility.md");
    try (HikariDataSource database = database()) {
      tell(CompatibilityMatrix.parse(document, chain), chain, database);
      String schemaFile = resource("structure/schema.h2.txt");
      new DemoAnswers(output, chain, document, schemaFile, database).tell();
    }
    output.print("\nNext: in your own application, run  java -jar schema-guard-cli.jar init");
    return 0;
  }

  private void tell(CompatibilityMatrix matrix, RevisionChain chain, HikariDataSource database)
      throws Exception {
    List<String> versions = versions(matrix);
    DemoMigrator migrator = new DemoMigrator(database);
    List<Revision> revisions = chain.revisions();

    output.print("statewave, a service for memories, has seven versions and twelve changesets.");
    output.print("Liquibase migrates an empty H2 database; after each changeset the guard says");
    output.print("which versions may run on it.\n");
    output.print(" ".repeat(36) + cells(versions));
    printRow("(empty database)", judge(matrix, database, versions));
    for (int i = 0; i < STEPS_BEFORE_RELEASE; i++) {
      migrator.update(1);
      printRow(chain.displayName(revisions.get(i)), judge(matrix, database, versions));
    }
    output.print(
        "\n"
            + GridLegend.of(
                EnumSet.complementOf(EnumSet.of(GridSymbol.REFUSED)), "  ", output.wrapping())
            + "\n");

    output.print(
        "Now " + NEW_VERSION + " is deployed, strict, and its migrations have not been run:\n");
    SchemaGuard guard =
        SchemaGuard.builder(database)
            .matrix(matrix)
            .applicationVersion(NEW_VERSION)
            .mode(Mode.STRICT)
            .environment(name -> null)
            .build();
    try {
      guard.enforce();
    } catch (IncompatibleSchemaException refused) {
      output.print(refused.text());
      output.print("");
      output.printAnswer(false, "✖ The application did not start. Nothing was written.");
      output.print("");
    }

    output.print("So the migrations are run:\n");
    for (int i = STEPS_BEFORE_RELEASE; i < revisions.size(); i++) {
      migrator.update(1);
      printRow(chain.displayName(revisions.get(i)), judge(matrix, database, versions));
    }
    MigrationStatus status = guard.enforce();
    output.print("");
    output.printAnswer(
        true, "✔ GO: " + status.summary() + "; statewave " + NEW_VERSION + " starts.");
    output.print("");
  }

  private List<MigrationStatus> judge(
      CompatibilityMatrix matrix, HikariDataSource database, List<String> versions) {
    SchemaGuard guard =
        SchemaGuard.builder(database).matrix(matrix).environment(name -> null).build();
    return versions.stream().map(guard::check).toList();
  }

  private void printRow(String revision, List<MigrationStatus> statuses) {
    List<String> signs =
        statuses.stream()
            .map(status -> GridSymbol.of(new Cell(status.verdict(), status.compatible())).symbol())
            .toList();
    output.print("  " + revision + " ".repeat(34 - revision.length()) + cells(signs));
  }

  private static String cells(List<String> texts) {
    StringBuilder row = new StringBuilder();
    texts.forEach(text -> row.append(" ".repeat(CELL - text.length())).append(text));
    return row.toString();
  }

  private static List<String> versions(CompatibilityMatrix matrix) {
    List<String> versions = new ArrayList<>();
    for (MatrixRow row : matrix.rows()) {
      if (row.pattern() instanceof VersionPattern.Exact) {
        versions.add(row.label());
      }
    }
    Collections.reverse(versions);
    return versions;
  }

  /** Returns a connection pool, as an application has one. */
  private static HikariDataSource database() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:statewave;DB_CLOSE_DELAY=-1");
    config.setMaximumPoolSize(2);
    return new HikariDataSource(config);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        DemoCommand.class.getClassLoader().getResourceAsStream("statewave/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
