// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password file is read for every connection, and may appear while a command waits. */
@Tag("full")
class RotatedPasswordTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestDatabase database = Postgres.database();

  @TempDir private Path folder;
  private Path file;
  private String role;

  @BeforeEach
  void migrateInPart() throws Exception {
    Statewave.update(database.dataSource(), 9);
    role = Postgres.role("reader");
    database.execute("GRANT SELECT ON databasechangelog, databasechangeloglock TO " + role);
    file = folder.resolve("password");
    Files.writeString(folder.resolve("revisions.txt"), chain());
  }

  @Test
  void waitReadsTheFileAgainAfterTheRolesPasswordHasChanged() throws Exception {
    Files.writeString(file, role + "\n");
    CliProcess.Running wait = start("wait");
    until(wait, "3 pending");

    database.execute("ALTER ROLE " + role + " PASSWORD 'rotated'");
    until(wait, "password authentication failed");
    Files.writeString(file, "rotated\n");
    Statewave.update(database.dataSource(), 3);

    CliProcess.Result result = wait.end();
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @Test
  void waitWaitsForAFileThatIsNotThereYet() throws Exception {
    CliProcess.Running wait = start("wait");
    until(wait, "the password file " + file + " is not there");

    Files.writeString(file, role);
    until(wait, "3 pending");
    Statewave.update(database.dataSource(), 3);

    assertThat(wait.end().exitCode()).isZero();
  }

  @Test
  void waitEndsAtItsDeadlineIfTheFileNeverAppears() throws Exception {
    CliProcess.Result result = start("wait", "--timeout=2s").end();

    assertThat(result.exitCode()).isEqualTo(8);
    assertThat(result.out()).contains("GUARD-UNREACHABLE-LOGIN", "is not there");
  }

  @Test
  void checkWithoutTheFileIsAConfigurationError() throws Exception {
    CliProcess.Result result = start("check").end();

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--password-file", "cannot be read");
  }

  private CliProcess.Running start(String command, String... more) throws IOException {
    String[] arguments = {
      command,
      "--url=" + database.url(),
      "--user=" + role,
      "--password-file=" + file,
      "--revisions=" + folder.resolve("revisions.txt"),
      more.length == 0 ? "--timeout=60s" : more[0]
    };
    return new CliProcess().startClass(Main.class.getName(), arguments);
  }

  private static String chain() {
    return Statewave.resource("statewave/schema-guard/revisions.txt");
  }

  private static void until(CliProcess.Running wait, String text) {
    Patience.until("it says " + text, PATIENCE, () -> wait.errSoFar().contains(text));
  }
}
