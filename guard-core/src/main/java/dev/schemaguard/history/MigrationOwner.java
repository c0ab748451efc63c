// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import org.jspecify.annotations.Nullable;

/**
 * Describes who migrates a database and how, as far as the advice depends on it.
 *
 * @param byApplication whether the application runs the migrator itself, before the check, so that
 *     "run the migrations" would not help
 * @param settings the settings of that migrator, for people: {@code contexts test}; null if unknown
 * @param createsSchema whether a schema that is missing before the application's own migrator runs
 *     is created by it or for it, so that its absence is not a reason to refuse
 * @param hint what to do first if migrations are missing, known only to the code that configured
 *     the guard; null if there is none
 * @param outOfOrder whether Flyway is set to apply versions below the highest applied one
 * @param target Flyway's target: a version, {@code latest}, {@code current} or {@code next}; null
 *     if none is known
 * @param run what the application's own migrator has done when the check is made
 * @param startedAhead whether the database was ahead before the application's own migrator ran;
 *     null if that was not checked
 */
public record MigrationOwner(
    boolean byApplication,
    @Nullable String settings,
    boolean createsSchema,
    @Nullable String hint,
    boolean outOfOrder,
    @Nullable String target,
    Run run,
    @Nullable Boolean startedAhead) {

  /** The state of the application's own migrator when the check is made. */
  public enum Run {
    /** It ran, and has ended. */
    COMPLETED,
    /** It is configured not to run. */
    DISABLED,
    /** It is running in another thread. */
    RUNNING,
    /** The application's own code decides when and whether it runs. */
    OWN_CODE
  }

  /** The owner of a database that is migrated by something else, about which nothing is known. */
  public static final MigrationOwner ELSEWHERE = new MigrationOwner(false, null, false, null);

  /**
   * Creates the owner for a tool with its default settings whose migration is complete when the
   * check is made.
   */
  public MigrationOwner(
      boolean byApplication,
      @Nullable String settings,
      boolean createsSchema,
      @Nullable String hint) {
    this(byApplication, settings, createsSchema, hint, false, null, Run.COMPLETED, null);
  }

  /** Returns the same owner with these settings of Flyway. */
  public MigrationOwner withFlyway(boolean flywayOutOfOrder, @Nullable String flywayTarget) {
    return new MigrationOwner(
        byApplication,
        settings,
        createsSchema,
        hint,
        flywayOutOfOrder,
        flywayTarget,
        run,
        startedAhead);
  }

  /** Returns the same owner, with the migrations run by the application itself or not. */
  public MigrationOwner runByApplication(boolean application) {
    return new MigrationOwner(
        application, settings, createsSchema, hint, outOfOrder, target, run, startedAhead);
  }

  /** Returns the same owner with what the application's own migrator has done. */
  public MigrationOwner withRun(Run done) {
    return new MigrationOwner(
        byApplication, settings, createsSchema, hint, outOfOrder, target, done, startedAhead);
  }

  /**
   * Returns the same owner with whether the database was ahead before its migration; null if that
   * was not checked.
   */
  public MigrationOwner withStartedAhead(@Nullable Boolean ahead) {
    return new MigrationOwner(
        byApplication, settings, createsSchema, hint, outOfOrder, target, run, ahead);
  }

  /**
   * Returns whether what is ahead may be a migration that the application itself has just applied.
   */
  public boolean mayHaveGoneAhead() {
    return byApplication && run != Run.DISABLED && !Boolean.TRUE.equals(startedAhead);
  }
}
