// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.util.List;

/**
 * What the catalog shows around the place where an application's history was expected and is not.
 *
 * @param schemaIsNamed whether the schema that was looked at is the application's by a setting, the
 *     URL, the pool, the role or the session, and not merely the server's default
 * @param tableIsNamed whether a setting names the history table
 * @param candidates the tables that may hold the history; those of other schemas are not read if
 *     the schema is named
 */
public record Surroundings(
    boolean schemaIsNamed, boolean tableIsNamed, List<HistoryCandidate> candidates) {

  /** Surroundings in which nothing looks like a history. */
  public static final Surroundings NONE = new Surroundings(true, false, List.of());

  /** Copies the candidates. */
  public Surroundings {
    candidates = List.copyOf(candidates);
  }
}
