// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.cli.CommandLineRun;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Document.Block;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/how-to/drift.md. */
class DriftPageTest {

  private static final Document PAGE = Document.of("docs/how-to/drift.md");
  private static final List<String> SCRIPTS =
      List.of("V1__orders", "V2__money", "V3__drop_legacy_code");

  @TempDir private Path project;
  private final TestDatabase database = Postgres.database();

  @Test
  void canBeFollowedToItsEnd() throws IOException {
    List<Block> shown = PAGE.blocks("schema");
    List<Block> printed = PAGE.blocks("text");

    migrate(1);
    assertThatThrownBy(this::verify).hasMessageContaining("6 lines added, commit it");
    assertThat(file()).isEqualTo(shown.get(0).text());

    migrate(2);
    assertThatThrownBy(this::verify)
        .message()
        .satisfies(
            text ->
                assertThat(text.replace(project + "/", "") + "\n").endsWith(printed.get(0).text()));

    Path unused = project.resolve("src/main/resources/schema-guard/schema.postgresql.txt");
    Files.writeString(
        unused, file().replace("  legacy_code text\n", "  legacy_code text\tunused\n"));
    verify();
    assertThat(withoutComments(file())).isEqualTo(withoutComments(shown.get(1).text()));
    Path old = Files.copy(unused, project.resolve("old-schema.postgresql.txt"));

    migrate(3);
    assertThatThrownBy(this::verify).hasMessageContaining("1 line removed");
    assertThat(file()).doesNotContain("legacy_code");
    assertThat(diff(old, unused))
        .isEqualTo(
            printed
                .get(1)
                .text()
                .replace("orders-1.7.0.jar", unused.toString())
                .replace("orders-1.6.0.jar", old.toString()));
  }

  private static String diff(Path old, Path next) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      assertThat(CommandLineRun.of("schema", "diff", old.toString(), next.toString())).isZero();
    } finally {
      System.setOut(before);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private void migrate(int count) throws IOException {
    FlywayRun run = FlywayRun.of(database.dataSource());
    Path folder = Files.createDirectories(project.resolve("src/main/resources/db/migration"));
    for (int i = 0; i < count; i++) {
      String sql = PAGE.blocks("sql").get(i).text();
      assertThat(String.join("\n", PAGE.prose())).contains("`" + SCRIPTS.get(i) + ".sql`");
      run.script(SCRIPTS.get(i), sql);
      Files.writeString(folder.resolve(SCRIPTS.get(i) + ".sql"), sql);
    }
    run.migrate();
  }

  private void verify() {
    Path resources = project.resolve("src/main/resources");
    SchemaFiles.flyway(FlywaySources.directories(List.of(resources), "db/migration"))
        .in(resources)
        .environment(Map.of())
        .withSchema(MigratedDatabase.of(database.dataSource()))
        .verify();
  }

  private String file() throws IOException {
    return Files.readString(
        project.resolve("src/main/resources/schema-guard/schema.postgresql.txt"));
  }

  private static String withoutComments(String text) {
    return text.replaceAll("(?m)^#.*\n", "").strip();
  }
}
