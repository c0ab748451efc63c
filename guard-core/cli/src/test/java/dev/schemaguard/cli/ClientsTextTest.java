// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import org.junit.jupiter.api.Test;

class ClientsTextTest {

  private static final String MATRIX =
      """
      | App version | Expected |
      |---|---|
      | current | head |
      """;

  private static String text(String tables) {
    return ClientsText.of(CompatibilityMatrix.parse(MATRIX + "\n" + tables, null).clients());
  }

  @Test
  void theTablesStandAsWrittenInAlignedColumns() {
    assertThat(
            text(
                """
                | Server version | Python SDK | CLI |
                |---|---|---|
                | 1.1.x | 1.0.x - 1.1.x | |
                | current | any | 2.x |

                | App version | Go |
                |---|---|
                | 1.0 | 1.0 |
                text below
                """))
        .isEqualTo(
            """


            Clients

              Server version  Python SDK     CLI
              1.1.x           1.0.x - 1.1.x
              current         any            2.x

              App version  Go
              1.0          1.0
              text below\
            """);
  }

  @Test
  void withoutAnyNothingIsSaid() {
    assertThat(text("")).isEmpty();
  }
}
