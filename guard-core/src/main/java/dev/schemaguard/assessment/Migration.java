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
 * @param hint what to do first where migrations are missing, known only to whoever set the guard
 *     up; null for nothing
 */
public record Migration(boolean byApplication, @Nullable String settings, @Nullable String hint) {

  /** Somebody else migrates it, nobody here knows how. */
  public static final Migration ELSEWHERE = new Migration(false, null, null);
}
