// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.problem.StatusWriter;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Asks an {@link Assessor} about histories that exist in memory only. Without further words it
 * judges version 1.0 of the application orders on PostgreSQL.
 */
final class Judge {

  private final CompatibilityMatrix.Builder matrix = CompatibilityMatrix.builder();
  private RevisionChain chain;
  private List<String> paths = List.of();
  private String document;
  private String version = "1.0";
  private String dbms = "postgresql";
  private String tool = "liquibase";
  private MigrationOwner migration = MigrationOwner.ELSEWHERE;
  private boolean wasCompatible;
  private MigrationLock lock;
  private List<String> otherTables = List.of();
  private Set<String> accepted = Set.of();

  private Judge() {}

  /** With this chain; a line's attributes stand behind tabs. */
  static Judge chain(String... lines) {
    Judge judge = withoutChain();
    judge.chain = RevisionChain.parse(String.join("\n", lines), "revisions.txt");
    judge.matrix.chain(judge.chain);
    return judge;
  }

  static Judge withoutChain() {
    Judge judge = new Judge();
    judge.matrix.application("orders");
    return judge;
  }

  /** With the rows of this document in place of any other. */
  Judge document(String markdown) {
    document = markdown;
    return this;
  }

  Judge row(String label, String expected, String min, String max) {
    matrix.row(label, expected, min, max);
    return this;
  }

  /** The row of version 1.0 that names its expected revision alone. */
  Judge expecting(String expected) {
    return row("1.0", expected, null, null);
  }

  /** The row of version 1.0. */
  Judge expecting(String expected, String min) {
    return row("1.0", expected, min, null);
  }

  /** The row {@code current}: the whole chain. */
  Judge expectingHead() {
    return row("current", null, null, null);
  }

  Judge version(String asked) {
    version = asked;
    return this;
  }

  Judge on(String product) {
    dbms = product;
    return this;
  }

  Judge tool(String name) {
    tool = name;
    return this;
  }

  Judge accepting(String... names) {
    accepted = Set.of(names);
    return this;
  }

  Judge allowingUnknown() {
    return unknownAhead(UnknownAhead.ALLOWED);
  }

  Judge unknownAhead(UnknownAhead answer) {
    matrix.unknownAhead(answer);
    return this;
  }

  Judge paths(String... patterns) {
    paths = List.of(patterns);
    matrix.paths(patterns);
    return this;
  }

  Judge migratedByApplication() {
    return migration(new MigrationOwner(true, null, false, null));
  }

  Judge migration(MigrationOwner whoAndHow) {
    migration = whoAndHow;
    return this;
  }

  /** After the same guard has found the schema compatible. */
  Judge onceCompatible() {
    wasCompatible = true;
    return this;
  }

  Judge locked(MigrationLock held) {
    lock = held;
    return this;
  }

  /** In a schema with these tables besides. */
  Judge beside(String... tables) {
    otherTables = List.of(tables);
    return this;
  }

  Assessor assessor() {
    return new Assessor(
        document == null ? matrix.build() : ofDocument(),
        new AssessmentTarget(version, true, accepted, null));
  }

  private CompatibilityMatrix ofDocument() {
    String settings = paths.isEmpty() ? "" : "Paths: " + String.join(",", paths) + "\n\n";
    return CompatibilityMatrix.parse(settings + document, chain);
  }

  Assessment assess(HistoryEntry... entries) {
    return assessor().assess(new History(place(), List.of(entries)));
  }

  Assessment assess(HistoryResult reading) {
    return assessor().assess(reading);
  }

  /** No table, proven. */
  Absent absent() {
    return new Absent(place());
  }

  Unreadable unreadable(Cause cause) {
    return new Unreadable(place(), cause, "the obstacle", List.of("the remedy"));
  }

  Verdict verdict(HistoryEntry... entries) {
    return assess(entries).verdict();
  }

  MigrationStatus status(HistoryEntry... entries) {
    return status(assess(entries));
  }

  MigrationStatus status(HistoryResult reading) {
    return status(assess(reading));
  }

  MigrationStatus status(Assessment assessment) {
    return StatusWriter.status(
        assessment,
        new StatusContext(
            "orders",
            tool,
            migrationTerm(),
            migration,
            wasCompatible,
            "app@pg3:5432/orders",
            lock,
            null,
            otherTables,
            null,
            Instant.parse("2026-11-22T03:00:00.987Z"),
            Duration.ofMillis(3)));
  }

  HistoryPlace place() {
    String table =
        switch (tool) {
          case "flyway" -> "flyway_schema_history";
          case "golang-migrate" -> "schema_migrations";
          case "alembic" -> "alembic_version";
          default -> "databasechangelog";
        };
    return new HistoryPlace(tool, dbms, "public", table);
  }

  private String migrationTerm() {
    return tool.equals("liquibase")
        ? "changeset"
        : tool.equals("alembic") ? "revision" : "migration";
  }
}
