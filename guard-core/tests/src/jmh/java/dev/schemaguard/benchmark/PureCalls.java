// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.AssessmentTarget;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Calls that ask no database: the last status, and the comparison of a history with a chain. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PureCalls {

  /** The number of revisions that are compared. */
  static final int REVISIONS = 1_000;

  private SchemaGuard guard;
  private Assessor assessor;
  private History history;

  /** A guard that has its first answer, and a history that is up to date. */
  @Setup
  public void prepare() {
    TestDatabase database = H2.database();
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    guard = Statewave.guard(database.dataSource(), "0.6.1").build();
    List<String> ids =
        IntStream.rangeClosed(1, REVISIONS).mapToObj("%06d_change"::formatted).toList();
    String chain =
        ids.stream().map("changelog.sql::%s::team\n"::formatted).collect(Collectors.joining());
    CompatibilityMatrix matrix =
        CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt"));
    assessor = new Assessor(matrix, new AssessmentTarget(null, true, Set.of(), null));
    HistoryPlace place = new HistoryPlace("liquibase", "postgresql", "public", "databasechangelog");
    history = new History(place, ids.stream().map(PureCalls::entry).toList());
    String said = status().summary();
    if (!said.equals("Schema is up to date")) {
      throw new IllegalStateException(said);
    }
  }

  private static HistoryEntry entry(String id) {
    return new HistoryEntry(
        "changelog.sql::" + id + "::team",
        id,
        "changelog.sql",
        Outcome.APPLIED,
        false,
        "2026-11-22 12:00:00",
        null,
        null);
  }

  @TearDown
  public void close() {
    guard.close();
  }

  @Benchmark
  public MigrationStatus status() {
    return guard.status();
  }

  @Benchmark
  public Assessment assessment() {
    return assessor.assess(history);
  }
}
