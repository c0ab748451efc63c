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
 */
public record Migration(
    boolean byApplication,
    @Nullable String settings,
    boolean createsSchema,
    @Nullable String hint) {

  /** Somebody else migrates it, nobody here knows how. */
  public static final Migration ELSEWHERE = new Migration(false, null, false, null);
}
