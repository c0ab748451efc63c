// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.ClientCompatibility;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientOfThisApplicationTest {

  private static final DataSource NEVER_ASKED =
      SimpleDataSource.of(
          () -> {
            throw new SQLException("no database says which clients fit");
          });

  private static final CompatibilityMatrix MATRIX =
      CompatibilityMatrix.parse(
          """
          | App version | Expected |
          |---|---|
          | current | head |

          | App version | Python SDK |
          |---|---|
          | current | 1.2.x |
          | 1.1.0 | 1.1.x |
          """,
          Statewave.matrix().chain().orElseThrow());

  @ParameterizedTest
  @CsvSource({
    "1.1.0, 1.1.7, true, 1.1.0",
    "1.1.0, 1.2.0, false, 1.1.0",
    "1.1.0-SNAPSHOT, 1.2.0, true, current",
    "1.9.0, 1.2.0, true, current",
    "deadbeef, 1.1.7, false, current",
    ", 1.2.0, true, current",
  })
  void isJudgedByTheRowOfItsOwnVersion(
      @Nullable String version, String client, boolean fits, String row) {
    try (SchemaGuard guard =
        SchemaGuard.builder(NEVER_ASKED)
            .matrix(MATRIX)
            .applicationVersion(version)
            .environment(name -> null)
            .build()) {
      ClientCompatibility fit = guard.clientCompatibility("python-sdk", client);

      assertThat(fit.fits()).isEqualTo(fits);
      assertThat(fit.row()).isEqualTo(row);
      assertThat(fit.serverVersion()).isEqualTo(version);
    }
  }
}
