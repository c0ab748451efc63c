// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows and settings of a matrix that is being written in code. */
abstract sealed class MatrixBuilder permits CompatibilityMatrix.Builder {

  private final List<MatrixRow> rows = new ArrayList<>();
  private @Nullable String application;
  private @Nullable UnknownAhead unknownAhead;
  private List<String> paths = List.of();
  private @Nullable RevisionChain chain;

  abstract CompatibilityMatrix.Builder self();

  /** Sets the application's name, which also determines the name of the strict variable. */
  public CompatibilityMatrix.Builder application(String name) {
    application = requireNonNull(name, "name");
    return self();
  }

  /**
   * Sets whether revisions that are unknown to this application are refused (the default), allowed,
   * or allowed if the schema is intact.
   */
  public CompatibilityMatrix.Builder unknownAhead(UnknownAhead answer) {
    unknownAhead = requireNonNull(answer, "answer");
    return self();
  }

  /** Sets the path patterns that select this application's entries in a shared history. */
  public CompatibilityMatrix.Builder paths(String... patterns) {
    List<String> named = new ArrayList<>();
    for (String pattern : requireNonNull(patterns, "patterns")) {
      named.add(requireNonNull(pattern, "patterns"));
    }
    paths = named;
    return self();
  }

  /**
   * Adds a row.
   *
   * @param expected null means {@code head}, in the row {@code current} only
   * @param min null means equal to expected
   * @param max null means that it is not stated
   */
  public CompatibilityMatrix.Builder row(
      String version, @Nullable String expected, @Nullable String min, @Nullable String max) {
    rows.add(
        MatrixRow.of(
            requireNonNull(version, "version"), expected, min, max, "row " + (rows.size() + 1)));
    return self();
  }

  /** Sets the chain that the rows' references refer to. */
  public CompatibilityMatrix.Builder chain(RevisionChain revisions) {
    chain = requireNonNull(revisions, "revisions");
    return self();
  }

  /**
   * Returns the matrix.
   *
   * @throws ConfigurationException if it has no row or contradicting ones
   */
  public CompatibilityMatrix build() {
    if (rows.isEmpty()) {
      throw new ConfigurationException(
          "CompatibilityMatrix.builder()", "the matrix has no row", "Add one with row(…).");
    }
    return new CompatibilityMatrix(
        chain == null ? "the programmatic matrix" : chain.origin(),
        true,
        new MatrixDocument(application, unknownAhead, paths, rows, List.of(), null),
        chain);
  }
}
