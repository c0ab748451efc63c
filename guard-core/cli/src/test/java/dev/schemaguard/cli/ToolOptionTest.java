// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolOptionTest {

  private final TestDatabase database = H2.database();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "flyway, 0",
    "FLYWAY, 0",
    "auto, 0",
    "liquibase, 8",
    "alembic, 8",
    "golang-migrate, 8",
    "GOLANG_MIGRATE, 8",
    "table, 2",
    "rails, 2"
  })
  void saysWhoseHistoryIsRead(String tool, int exitCode) throws IOException {
    FlywayRun.of(database.dataSource(), "V1__first").migrate();

    assertThat(run("check", "--tool", tool)).isEqualTo(exitCode);
  }

  @Test
  void isToldWithAllNamesWhereItIsNone() {
    assertThatThrownBy(() -> new ToolConverter().convert("rails"))
        .hasMessage(
            "'rails' is no migration tool that can be read: write one of auto, liquibase, flyway,"
                + " alembic, golang-migrate, table");
  }

  @Test
  void isNotNeeded() throws IOException {
    FlywayRun.of(database.dataSource(), "V1__first").migrate();

    assertThat(run("check")).isEqualTo(0);
    assertThat(run("preflight")).isEqualTo(0);
  }

  @Test
  void preflightOfADatabaseWithoutAnyHistoryIsAGo() throws Exception {
    database.execute("SELECT 1");

    assertThat(run("preflight")).isEqualTo(0);
  }

  private int run(String command, String... options) throws IOException {
    Path chain = Files.writeString(folder.resolve("revisions.txt"), "1\n");
    String[] arguments = {
      command, "--url", database.url(), "--user", database.user(), "--revisions", chain.toString()
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + options.length);
    System.arraycopy(options, 0, all, arguments.length, options.length);
    return Main.run(all);
  }
}
