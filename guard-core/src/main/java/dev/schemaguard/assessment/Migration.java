// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import org.jspecify.annotations.Nullable;

/**
 * Who migrates a database, as far as the advice depends on it.
 *
 * @param byApplication whether the application runs the migrator itself, before the check, so that
 *     "run the migrations" is no advice
 * @param settings what that migrator was told, for people: {@code contexts test}; null where
 *     unknown
 * @param createsSchema whether the migrator of the application makes the schema as well, so that a
 *     missing one is nothing that a migration does not cure
 * @param hint what to do first where migrations are missing, known only to whoever set the guard
 *     up; null for nothing
 * @param outOfOrder whether Flyway is set to apply versions below the highest applied one
 * @param target Flyway's target: a version, {@code latest}, {@code current} or {@code next}; null
 *     if none is known
 */
public record Migration(
    boolean byApplication,
    @Nullable String settings,
    boolean createsSchema,
    @Nullable String hint,
    boolean outOfOrder,
    @Nullable String target) {

  /** Somebody else migrates it, nobody here knows how. */
  public static final Migration ELSEWHERE = new Migration(false, null, false, null);

  /** A migration by a tool with its default settings. */
  public Migration(
      boolean byApplication,
      @Nullable String settings,
      boolean createsSchema,
      @Nullable String hint) {
    this(byApplication, settings, createsSchema, hint, false, null);
  }

  /** Returns the same migration with these settings of Flyway. */
  public Migration withFlyway(boolean outOfOrder, @Nullable String target) {
    return new Migration(byApplication, settings, createsSchema, hint, outOfOrder, target);
  }
}
