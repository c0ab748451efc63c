// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The preflight knows how Flyway will be configured if its options, or Flyway's variables, say it.
 */
class MigratorOptionsTest {

  private final TestDatabase database = H2.database();

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"--out-of-order, 0", "--out-of-order=true, 0", "--out-of-order=false, 3"})
  void outOfOrderAppliesAGap(String option, int exitCode) throws IOException {
    FlywayRun.of(database.dataSource(), "V1__a", "V3__c").migrate();

    assertThat(Main.run(preflight(option))).isEqualTo(exitCode);
  }

  @Test
  void aGapIsNoGoWithoutAnOption() throws IOException {
    FlywayRun.of(database.dataSource(), "V1__a", "V3__c").migrate();

    assertThat(Main.run(preflight())).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SCHEMA_GUARD_OUT_OF_ORDER", "FLYWAY_OUT_OF_ORDER"})
  void aVariableSaysItToo(String variable) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("gap");
    FlywayRun.of(database.withUrl(url).dataSource(), "V1__a", "V3__c").migrate();

    CliProcess.Result result =
        new CliProcess()
            .environment(variable, "true")
            .runClass(
                System.getProperty("java.class.path"),
                Main.class.getName(),
                preflight("--url=" + url, "--user=sa"));
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"2, 3", "3, 0", "latest, 0"})
  void aTargetEndsWhatIsApplied(String target, int exitCode) throws IOException {
    FlywayRun.of(database.dataSource(), "V1__a").migrate();

    assertThat(Main.run(preflight("--target", target))).isEqualTo(exitCode);
  }

  @Test
  void withoutATargetEverythingIsApplied() throws IOException {
    FlywayRun.of(database.dataSource(), "V1__a").migrate();

    assertThat(Main.run(preflight())).isZero();
  }

  private String[] preflight(String... options) throws IOException {
    Path chain = Files.writeString(folder.resolve("revisions.txt"), "1\n2\n3\n");
    List<String> arguments = new ArrayList<>(List.of("preflight", "--revisions=" + chain));
    arguments.addAll(List.of(options));
    if (!String.join(" ", options).contains("--url")) {
      arguments.addAll(List.of("--url", database.url(), "--user", database.user()));
    }
    return arguments.toArray(String[]::new);
  }
}
