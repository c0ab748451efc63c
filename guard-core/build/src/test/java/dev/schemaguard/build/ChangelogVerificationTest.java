// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.build.impact.SqlScript;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangelogVerificationTest {

  private static final RevisionChain CHAIN =
      RevisionChain.parse("0001\n0002\n0003\n0004\n0005\tretired\n", "revisions.txt");

  private final List<SourceRevision> sources = new ArrayList<>();
  private final List<RevisionImpact> impacts = new ArrayList<>();

  ChangelogVerificationTest() {
    add("0001", "create orders", "CREATE TABLE orders (id int)");
    add("0002", "add note", "ALTER TABLE orders ADD COLUMN note text");
    add("0003", "drop legacy", "ALTER TABLE orders DROP COLUMN legacy");
    add("0004", "repair", "UPDATE orders SET note = ''");
  }

  private void add(String name, String comment, String sql) {
    sources.removeIf(source -> source.name().equals(name));
    impacts.removeIf(impact -> impact.revision().equals(name));
    sources.add(new SourceRevision(Revision.of(name), comment, false));
    impacts.add(RevisionImpact.of(name, new SqlScript(sql).changes()));
  }

  private ChangelogVerification verify(String... rows) {
    return verify(Set.of(), rows);
  }

  private ChangelogVerification verify(Set<String> newRevisions, String... rows) {
    String document =
        "Unknown ahead: refused\n\n| App version | Expected | Min | Max |\n|---|---|---|---|\n"
            + String.join("\n", rows)
            + "\n";
    return ChangelogVerification.of(
        CompatibilityMatrix.parse(document, CHAIN), sources, impacts, newRevisions);
  }

  @Nested
  class ARowContradictsTheChangelog {

    @ParameterizedTest
    @ValueSource(strings = {"any", "0003", "0004"})
    void whereItsMaximumAdmitsWhatMayBreakIt(String max) {
      ChangelogVerification verification =
          verify("| current | head | | |", "| 1.0.0 | 0001 | | " + max + " |");

      assertThat(verification.errors())
          .singleElement()
          .satisfies(
              error -> {
                assertThat(error.location()).isEqualTo("compatibility.md:6");
                assertThat(error.reason())
                    .isEqualTo(
                        "'1.0.0' has the maximum "
                            + max
                            + " and so admits what may break it: 0003, which drops column"
                            + " orders.legacy; older versions may still use it");
                assertThat(error.remedy()).contains("a maximum before 0003", "requires-app 1.0.0");
              });
    }

    @Test
    void butNotWhereTheMaximumStandsBeforeIt() {
      assertThat(verify("| 1.0.0 | 0001 | | 0002 |").errors()).isEmpty();
    }

    @Test
    void butNotWhereItWasBuiltForIt() {
      assertThat(verify("| 1.0.0 | 0003 | 0001 | any |").errors()).isEmpty();
    }

    @Test
    void butNotWhereTheMigrationSaysWhoSurvives() {
      add("0003", "requires-app 1.0.0, nothing read it", "ALTER TABLE orders DROP COLUMN legacy");

      assertThat(verify("| 1.0.0 | 0001 | | any |").errors()).isEmpty();
    }

    @Test
    void butNotForWhatIsUnclear() {
      assertThat(verify("| 1.0.0 | 0003 | | 0004 |").errors()).isEmpty();
    }

    @Test
    void butNotForCurrentWhichShipsIt() {
      assertThat(verify("| current | 0001 | | any |").errors()).isEmpty();
    }

    @Test
    void alsoWhereTheMigrationHasNoLineYet() {
      add("0006", "new", "DROP TABLE orders");

      assertThat(verify(Set.of("0006"), "| 1.0.0 | 0003 | | any |").errors())
          .singleElement()
          .extracting(ConfigurationException::reason)
          .asString()
          .contains("0006, which drops table orders");
    }

    @Test
    void butThatIsAWarningWhereTheToolRecordsNoComments() {
      sources.replaceAll(source -> SourceRevision.unmarkable(source.revision()));
      ChangelogVerification verification = verify("| 1.0.0 | 0001 | | any |");

      assertThat(verification.errors()).isEmpty();
      assertThat(verification.warnings())
          .anyMatch(warning -> warning.startsWith("compatibility.md:5: '1.0.0' has the maximum"))
          .noneMatch(warning -> warning.contains("requires-app marker"));
    }
  }

  @Nested
  class AWarning {

    @Test
    void namesWhatBreaksOlderVersionsWithoutTellingThem() {
      assertThat(verify("| 2.0.0 | 0003 | | |", "| 1.0.0 | 0001 | | |").warnings())
          .contains(
              "contract without a requires-app marker, so older versions do not know that it may"
                  + " break them: 0003 (requires-app 2.0.0)");
    }

    @Test
    void namesWhatIsUnclear() {
      assertThat(verify("| 1.0.0 | 0001 | | |").warnings())
          .anyMatch(
              warning -> warning.startsWith("unclear what becomes of older versions after 0004:"));
    }

    @Test
    void isNotGivenOfWhatNoOlderVersionCanMeet() {
      assertThat(verify("| current | head | | |").warnings()).isEmpty();
      assertThat(verify("| 1.0.0 | 0004 | 0001 | |").warnings()).isEmpty();
    }

    @Test
    void isGivenOfWhatIsNewInAnyCase() {
      assertThat(verify(Set.of("0003"), "| current | head | | |").warnings())
          .singleElement()
          .asString()
          .endsWith("break them: 0003");
    }

    @Test
    void isNotGivenOfWhatIsRetired() {
      add("0005", "experiment", "DROP TABLE orders");

      assertThat(verify("| 1.0.0 | 0004 | | |").warnings()).isEmpty();
    }
  }
}
