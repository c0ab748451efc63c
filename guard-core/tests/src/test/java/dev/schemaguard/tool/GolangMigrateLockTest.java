// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class GolangMigrateLockTest {

  /** The examples of golang-migrate's own {@code database/util_test.go}. */
  @Test
  void itsKeyIsThatOfTheTool() {
    assertThat(GolangMigrateLock.key("database_name")).isEqualTo(1_764_327_054L);
    assertThat(GolangMigrateLock.key("schema_name_1", "database_name")).isEqualTo(2_453_313_553L);
  }
}
