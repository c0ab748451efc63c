// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar on the migrations of the sample application, and on scripts of SQL. */
class ProposeIT {

  @TempDir private Path project;

  private static CliProcess.Result run(String... arguments) throws Exception {
    String statewave = Document.root().resolve("changelogs/statewave").toString();
    return new CliProcess()
        .run(
            Stream.concat(
                    Stream.of(arguments),
                    Stream.of(
                        "--matrix",
                        statewave + "/schema-guard/compatibility.md",
                        "--search-path",
                        statewave,
                        "--liquibase",
                        "db/changelog/db.changelog-master.yaml"))
                .toArray(String[]::new));
  }

  @Test
  void proposesWhatTheDocumentShows() throws Exception {
    CliProcess.Result result = run("matrix", "propose", "--new-version", "0.7.0");

    assertThat(result.err()).isEmpty();
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .isEqualTo(Document.of("docs/reference/changes.md").blocks("markdown").get(0).text());
  }

  @Test
  void verifyWarnsOfWhatOlderVersionsAreNotTold() throws Exception {
    CliProcess.Result result = run("verify");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).isEqualTo("✔ 8 row(s) and 12 revision(s) agree\n");
    assertThat(result.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("0010_require_tenant_id (requires-app 0.6.0)"))
        .anyMatch(line -> line.contains("unclear") && line.contains("0007_add_episode"));
  }

  @Test
  void verifyRefusesAMaximumThatAdmitsADroppedColumn() throws Exception {
    Files.writeString(project.resolve("V1__create.sql"), "CREATE TABLE orders (id int);");
    Files.writeString(project.resolve("V2__drop.sql"), "ALTER TABLE orders DROP COLUMN legacy;");
    Files.writeString(project.resolve("revisions.txt"), "1\talias=1_create\n2\talias=2_drop\n");
    Files.writeString(
        project.resolve("compatibility.md"),
        """
        Unknown ahead: refused

        | App version | Expected | Max |
        |---|---|---|
        | current | head | |
        | 1.0.0 | 1 | any |
        """);

    CliProcess.Result result =
        new CliProcess()
            .in(project)
            .run("verify", "--matrix", "compatibility.md", "--flyway", "filesystem:.");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out())
        .contains(
            "compatibility.md:6", "2, which drops column orders.legacy", "requires-app 1.0.0");
  }

  @Test
  void aChainThatIsNotCurrentIsNotJudged() throws Exception {
    Files.writeString(project.resolve("1_a.up.sql"), "");
    Files.writeString(project.resolve("revisions.txt"), "");

    CliProcess.Result result =
        new CliProcess()
            .in(project)
            .run("matrix", "propose", "--revisions", "revisions.txt", "--golang-migrate", ".");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("schema-guard revisions").doesNotContain("defect");
  }
}
