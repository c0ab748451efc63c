// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line that accepts a revision by name is pasted into a real shell, whatever the name is. */
class AcceptedByNameTest {

  private static final String VARIABLE = "SCHEMA_GUARD_ACCEPT";

  private final TestDatabase database = Postgres.database();

  private SchemaGuardBuilder guard(String accepted) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse("db/a.xml::1::tester", "chain")))
        .environment(variable -> variable.equals(VARIABLE) ? accepted : null);
  }

  private static MigrationStatus check(SchemaGuardBuilder builder) {
    try (SchemaGuard guard = builder.build()) {
      return guard.check();
    }
  }

  /** Applies a changeset of each name, after the expected one. */
  private void apply(String... names) throws Exception {
    LiquibaseRun.ofChangesets(database.dataSource(), "db/a.xml", "1").update();
    for (int i = 0; i < names.length; i++) {
      database.execute(
          "INSERT INTO databasechangelog (id, author, filename, dateexecuted, orderexecuted,"
              + " exectype) VALUES ('%s', 'ann', 'db/b.xml', now(), %d, 'EXECUTED')"
                  .formatted(names[i].replace("'", "''"), i + 2));
    }
  }

  private static String line(MigrationStatus status) {
    String text = Objects.requireNonNull(status.problem()).text("Schema Guard refused", null);
    String line = text.lines().filter(each -> each.contains(VARIABLE + "=")).findFirst().get();
    return line.substring(line.indexOf(VARIABLE));
  }

  /** What a program sees in the variable after the line was pasted. */
  private static String pasted(String line) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "export " + line + "\nprintf %s \"$SCHEMA_GUARD_ACCEPT\"")
            .redirectErrorStream(true)
            .start();
    String value = new String(shell.getInputStream().readAllBytes(), UTF_8);
    assertThat(shell.waitFor()).as(value).isZero();
    return value;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0002_plain",
        "Add a, b and c.sql",
        "it's done",
        "say \"hi\"",
        ";x|y",
        "$HOME `id` $(id)",
        "a\\b",
        "ends with\\",
        "\\u0041",
        "two  blanks",
        "a\u001b[31mred\u0007",
        "Größe, 測試",
        "*~!#&<>",
      })
  void anyNameCanBePastedAndIsThenAccepted(String name) throws Exception {
    apply(name, "0003_other");
    MigrationStatus refused = check(guard(null));
    assertThat(refused.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    String line = line(refused);
    assertThat(line).doesNotContainPattern("\\p{Cntrl}");

    String value = pasted(line);

    assertThat(check(guard(value)).verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
    assertThat(check(guard(null).accept(value)).verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
  }

  @Test
  void aCommaThatIsNotEscapedSeparatesNames() throws Exception {
    apply("a", "b c");

    assertThat(check(guard(" a ,, b c ,")).verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
    assertThat(check(guard("a\\, b c")).verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
  }
}
