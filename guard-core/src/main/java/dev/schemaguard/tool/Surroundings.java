// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import java.util.List;

/**
 * The tables that the catalog shows around the place where an application's history was expected
 * and is missing.
 *
 * @param schemaIsNamed whether the schema that was searched was chosen for the application by a
 *     setting, the URL, the pool, the role or the session, and is not merely the server's default
 * @param tableIsNamed whether a setting names the history table
 * @param candidates the tables that may contain the history; those of other schemas are not read if
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
