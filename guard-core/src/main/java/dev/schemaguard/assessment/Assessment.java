// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryReading;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import org.jspecify.annotations.Nullable;

/** A verdict with the evidence that it was drawn from. Immutable. */
public final class Assessment {

  private final Assessor assessor;
  private final Verdict verdict;
  private final Findings findings;
  private final @Nullable HistoryReading reading;
  private final @Nullable Obstacle obstacle;

  Assessment(Assessor assessor, Verdict verdict, Findings findings, HistoryReading reading) {
    this(assessor, verdict, findings, reading, null);
  }

  Assessment(Assessor assessor, Verdict verdict, Findings findings, Obstacle obstacle) {
    this(assessor, verdict, findings, null, obstacle);
  }

  private Assessment(
      Assessor assessor,
      Verdict verdict,
      Findings findings,
      @Nullable HistoryReading reading,
      @Nullable Obstacle obstacle) {
    this.assessor = assessor;
    this.verdict = verdict;
    this.findings = findings;
    this.reading = reading;
    this.obstacle = obstacle;
  }

  /** The verdict. */
  public Verdict verdict() {
    return verdict;
  }

  /** Whether the application may run. */
  public boolean isCompatible() {
    return assessor.isCompatible(verdict, findings);
  }

  /** The status to publish. */
  public MigrationStatus status(Circumstances circumstances) {
    return new StatusWriter(this, circumstances).status();
  }

  Assessor assessor() {
    return assessor;
  }

  Findings findings() {
    return findings;
  }

  @Nullable HistoryReading reading() {
    return reading;
  }

  @Nullable Obstacle obstacle() {
    return obstacle;
  }
}
