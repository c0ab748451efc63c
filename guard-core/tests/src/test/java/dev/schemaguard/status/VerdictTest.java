// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {

  @ParameterizedTest(name = "{0}: exit code {1}, known: {2}")
  @CsvSource({
    "UNREACHABLE, 8, false",
    "UNREADABLE, 8, false",
    "UNKNOWN_VERSION, 9, false",
    "FAILED, 5, true",
    "UNINITIALIZED, 7, true",
    "BEHIND, 3, true",
    "AHEAD_INCOMPATIBLE, 4, true",
    "DRIFTED, 10, true",
    "AHEAD_UNKNOWN, 4, true",
    "AHEAD_COMPATIBLE, 0, true",
    "BEHIND_COMPATIBLE, 0, true",
    "UP_TO_DATE, 0, true",
  })
  void exitCodesAreFrozen(Verdict verdict, int exitCode, boolean known) {
    assertThat(verdict.exitCode()).isEqualTo(exitCode);
    assertThat(verdict.isKnown()).isEqualTo(known);
  }

  @Test
  void noneIsForgotten() {
    assertThat(Verdict.values()).hasSize(12);
  }
}
