// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Short documents for tests. */
final class Documents {

  static final String HEADER = "| App version | Expected | Min | Max |\n|---|---|---|---|\n";

  private Documents() {}

  /** The matrix that these lines spell; without a chain. */
  static CompatibilityMatrix matrix(String... lines) {
    return CompatibilityMatrix.parse(String.join("\n", lines) + "\n", null);
  }

  /** A matrix of the columns of {@link #HEADER}, its rows written without outer pipes. */
  static CompatibilityMatrix rows(String... rows) {
    return rows(null, rows);
  }

  static CompatibilityMatrix rows(RevisionChain chain, String... rows) {
    String table =
        Arrays.stream(rows).map(row -> "| " + row + " |\n").collect(Collectors.joining());
    return CompatibilityMatrix.parse(HEADER + table, chain);
  }

  static RevisionChain chain(String... lines) {
    return RevisionChain.parse(String.join("\n", lines) + "\n", "revisions.txt");
  }

  /** The configuration error that a call ends with; anything else fails the test. */
  static ConfigurationException error(ThrowingCallable call) {
    ConfigurationException error = catchThrowableOfType(ConfigurationException.class, call);
    assertThat(error).as("a configuration error").isNotNull();
    return error;
  }
}
