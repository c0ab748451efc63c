// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a status that is being built. Each is set by the name of its component. */
abstract sealed class StatusBuilder permits MigrationStatus.Builder {

  private final Verdict verdict;
  private boolean compatible;
  private boolean survivable;
  private @Nullable String currentRevision;
  private @Nullable String expectedHead;
  private List<String> pendingRevisions = List.of();
  private @Nullable String error;
  private String summary = "";
  private @Nullable String application;
  private @Nullable String appVersion;
  private @Nullable String matrixRow;
  private @Nullable String minCompatibleRevision;
  private @Nullable String maxCompatibleRevision;
  private List<String> aheadRevisions = List.of();
  private List<String> failedRevisions = List.of();
  private @Nullable String database;
  private @Nullable String tool;
  private @Nullable MigrationLock migrationLock;
  private @Nullable Problem problem;
  private List<String> notes = List.of();
  private MigrationStatus.@Nullable Stale stale;
  private Instant checkedAt = Instant.EPOCH;
  private Duration duration = Duration.ZERO;
  private @Nullable TenantsStatus tenants;
  private MigrationStatus.@Nullable Structure structure;

  /** Starts with the verdict and nothing else. */
  StatusBuilder(Verdict verdict) {
    this.verdict = verdict;
  }

  /** Starts with the values of another status. */
  StatusBuilder(MigrationStatus status) {
    verdict = status.verdict();
    compatible = status.compatible();
    survivable = status.survivable();
    currentRevision = status.currentRevision();
    expectedHead = status.expectedHead();
    pendingRevisions = status.pendingRevisions();
    error = status.error();
    summary = status.summary();
    application = status.application();
    appVersion = status.appVersion();
    matrixRow = status.matrixRow();
    minCompatibleRevision = status.minCompatibleRevision();
    maxCompatibleRevision = status.maxCompatibleRevision();
    aheadRevisions = status.aheadRevisions();
    failedRevisions = status.failedRevisions();
    database = status.database();
    tool = status.tool();
    migrationLock = status.migrationLock();
    problem = status.problem();
    notes = status.notes();
    stale = status.stale();
    checkedAt = status.checkedAt();
    duration = status.duration();
    tenants = status.tenants();
    structure = status.structure();
  }

  abstract MigrationStatus.Builder self();

  /** Sets {@link MigrationStatus#compatible()}. */
  public MigrationStatus.Builder compatible(boolean value) {
    compatible = value;
    return self();
  }

  /** Sets {@link MigrationStatus#survivable()}. */
  public MigrationStatus.Builder survivable(boolean value) {
    survivable = value;
    return self();
  }

  /** Sets {@link MigrationStatus#currentRevision()}. */
  public MigrationStatus.Builder currentRevision(@Nullable String value) {
    currentRevision = value;
    return self();
  }

  /** Sets {@link MigrationStatus#expectedHead()}. */
  public MigrationStatus.Builder expectedHead(@Nullable String value) {
    expectedHead = value;
    return self();
  }

  /** Sets {@link MigrationStatus#pendingRevisions()}. */
  public MigrationStatus.Builder pendingRevisions(List<String> value) {
    pendingRevisions = value;
    return self();
  }

  /** Sets {@link MigrationStatus#error()}. */
  public MigrationStatus.Builder error(@Nullable String value) {
    error = value;
    return self();
  }

  /** Sets {@link MigrationStatus#summary()}. */
  public MigrationStatus.Builder summary(String value) {
    summary = value;
    return self();
  }

  /** Sets {@link MigrationStatus#application()}. */
  public MigrationStatus.Builder application(@Nullable String value) {
    application = value;
    return self();
  }

  /** Sets {@link MigrationStatus#appVersion()}. */
  public MigrationStatus.Builder appVersion(@Nullable String value) {
    appVersion = value;
    return self();
  }

  /** Sets {@link MigrationStatus#matrixRow()}. */
  public MigrationStatus.Builder matrixRow(@Nullable String value) {
    matrixRow = value;
    return self();
  }

  /** Sets {@link MigrationStatus#minCompatibleRevision()}. */
  public MigrationStatus.Builder minCompatibleRevision(@Nullable String value) {
    minCompatibleRevision = value;
    return self();
  }

  /** Sets {@link MigrationStatus#maxCompatibleRevision()}. */
  public MigrationStatus.Builder maxCompatibleRevision(@Nullable String value) {
    maxCompatibleRevision = value;
    return self();
  }

  /** Sets {@link MigrationStatus#aheadRevisions()}. */
  public MigrationStatus.Builder aheadRevisions(List<String> value) {
    aheadRevisions = value;
    return self();
  }

  /** Sets {@link MigrationStatus#failedRevisions()}. */
  public MigrationStatus.Builder failedRevisions(List<String> value) {
    failedRevisions = value;
    return self();
  }

  /** Sets {@link MigrationStatus#database()}. */
  public MigrationStatus.Builder database(@Nullable String value) {
    database = value;
    return self();
  }

  /** Sets {@link MigrationStatus#tool()}. */
  public MigrationStatus.Builder tool(@Nullable String value) {
    tool = value;
    return self();
  }

  /** Sets {@link MigrationStatus#migrationLock()}. */
  public MigrationStatus.Builder migrationLock(@Nullable MigrationLock value) {
    migrationLock = value;
    return self();
  }

  /** Sets {@link MigrationStatus#problem()}. */
  public MigrationStatus.Builder problem(@Nullable Problem value) {
    problem = value;
    return self();
  }

  /** Sets {@link MigrationStatus#notes()}. */
  public MigrationStatus.Builder notes(List<String> value) {
    notes = value;
    return self();
  }

  /** Sets {@link MigrationStatus#stale()}. */
  public MigrationStatus.Builder stale(MigrationStatus.@Nullable Stale value) {
    stale = value;
    return self();
  }

  /** Sets {@link MigrationStatus#tenants()}. */
  public MigrationStatus.Builder tenants(@Nullable TenantsStatus value) {
    tenants = value;
    return self();
  }

  /** Sets {@link MigrationStatus#structure()}. */
  public MigrationStatus.Builder structure(MigrationStatus.@Nullable Structure value) {
    structure = value;
    return self();
  }

  /** Sets when the database was queried, and how long that took. */
  public MigrationStatus.Builder checked(Instant at, Duration took) {
    checkedAt = at;
    duration = took;
    return self();
  }

  /** Returns the status. */
  public MigrationStatus build() {
    return new MigrationStatus(
        verdict,
        compatible,
        survivable,
        currentRevision,
        expectedHead,
        pendingRevisions,
        error,
        summary,
        application,
        appVersion,
        matrixRow,
        minCompatibleRevision,
        maxCompatibleRevision,
        aheadRevisions,
        failedRevisions,
        database,
        tool,
        migrationLock,
        problem,
        notes,
        stale,
        checkedAt,
        duration,
        tenants,
        structure);
  }
}
