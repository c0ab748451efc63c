// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangeTableTest {

  @Test
  void theDocumentPrintsTheRules() {
    Document.Table printed =
        Document.of("docs/reference/changes.md").tables("change", "effect").get(0);

    assertThat(printed.rows())
        .containsExactlyElementsOf(
            Arrays.stream(ChangeKind.values())
                .map(kind -> List.of(kind.impact().toString(), kind.sentence(), kind.why()))
                .toList());
  }

  @Test
  void theDocumentPrintsWhatLosesData() {
    Document.Table printed =
        Document.of("docs/reference/changes.md").tables("loses data", "change").get(0);

    assertThat(printed.rows())
        .containsExactlyElementsOf(
            Arrays.stream(ChangeKind.values())
                .filter(kind -> DataLoss.of(kind) != DataLoss.NO)
                .sorted(Comparator.comparing(DataLoss::of, Comparator.reverseOrder()))
                .map(kind -> List.of(DataLoss.of(kind).toString(), kind.sentence()))
                .toList());
  }

  @Test
  void theDocumentPrintsTheFormsThatAreReadAsOthers() {
    Document.Table printed =
        Document.of("docs/reference/changes.md").tables("written", "read as").get(0);

    assertThat(printed.rows())
        .containsExactlyElementsOf(
            ReadableForm.ALL.stream()
                .map(form -> List.of("`" + form.written() + "`", "`" + form.readAs() + "`"))
                .toList());
  }

  @Test
  void theWorstEffectIsThatOfTheWhole() {
    assertThat(Impact.EXPAND.and(Impact.UNCLEAR)).isEqualTo(Impact.UNCLEAR);
    assertThat(Impact.CONTRACT.and(Impact.UNCLEAR)).isEqualTo(Impact.CONTRACT);
    assertThat(Impact.EXPAND.and(Impact.EXPAND)).isEqualTo(Impact.EXPAND);
  }

  @Test
  void whatChangesNothingIsAnExpansionWithoutReasons() {
    RevisionImpact impact = RevisionImpact.of("0001", List.of());

    assertThat(impact.impact()).isEqualTo(Impact.EXPAND);
    assertThat(impact.reasons()).isEmpty();
  }

  @Test
  void onlyTheReasonsForTheWorstEffectAreTold() {
    RevisionImpact impact =
        RevisionImpact.of(
            "0002",
            List.of(
                SchemaChange.of(ChangeKind.UPDATE, "orders", "state"),
                SchemaChange.of(ChangeKind.DROP_COLUMN, "orders", "legacy")));

    assertThat(impact.reasons())
        .containsExactly("drops column orders.legacy; older versions may still use it");
  }
}
