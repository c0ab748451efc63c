// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.testing.StatusExample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MigrationStatusTest {

  @ParameterizedTest
  @EnumSource
  void ofAVerdictHasWhatTheVerdictImplies(Verdict verdict) {
    MigrationStatus status = MigrationStatus.of(verdict);

    assertThat(status.verdict()).isEqualTo(verdict);
    assertThat(status.exitCode()).isEqualTo(verdict.exitCode());
    assertThat(status.problem() == null).isEqualTo(status.compatible());
    assertThat(status.error() == null).isEqualTo(verdict.isKnown() && verdict != Verdict.FAILED);
    assertThat(status.toJson()).contains("\"verdict\": \"" + verdict + "\"");
  }

  private static MigrationStatus status(
      Verdict verdict, boolean compatible, List<String> names, MigrationStatus.Stale stale) {
    return StatusExample.of(verdict)
        .compatible(compatible)
        .everyList(names)
        .stale(stale)
        .checked(Instant.parse("2026-11-22T03:00:00.987654321Z"), Duration.ofNanos(3_999_999))
        .status();
  }

  @Test
  void anErrorThatMadeItStaleIsOneLineThatFits() {
    MigrationStatus.Stale stale = new MigrationStatus.Stale(Instant.EPOCH, "a\n" + "x".repeat(400));

    assertThat(stale.error()).hasSize(300).startsWith("a\\nx").endsWith("x…");
  }

  @Nested
  class Json {

    @Test
    @SuppressWarnings("unchecked")
    void aLongListIsToldInPartWithTheRestAsACountWhereAskedFor() {
      JsonObject json = new JsonObject();
      status(Verdict.BEHIND, false, List.of("a", "b", "c", "d"), null).writeTo(json, 2);
      Map<String, Object> cut = (Map<String, Object>) JsonText.parse(json.toString());

      assertThat(cut.get("pending_revisions")).isEqualTo(List.of("a", "b", "… and 2 more"));
      assertThat(cut.get("pending_count")).hasToString("4");
      assertThat(((Map<String, Object>) cut.get("detail")).get("ahead_revisions"))
          .isEqualTo(List.of("a", "b", "… and 2 more"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void hasSevenKeysAndDetailInTheirOrderAlways() {
      Map<String, Object> json =
          (Map<String, Object>)
              JsonText.parse(status(Verdict.UP_TO_DATE, true, List.of(), null).toJson());

      assertThat(json.keySet())
          .containsExactly(
              "current_revision",
              "expected_head",
              "is_compatible",
              "pending_count",
              "pending_revisions",
              "error",
              "summary",
              "detail");
      assertThat(((Map<String, Object>) json.get("detail")).keySet())
          .containsExactly(
              "verdict",
              "application",
              "app_version",
              "matrix_row",
              "min_compatible_revision",
              "max_compatible_revision",
              "ahead_revisions",
              "failed_revisions",
              "tool",
              "migration_lock",
              "problem",
              "notes",
              "stale",
              "checked_at",
              "duration_ms",
              "structure");
    }

    @Test
    void saysNullWhereNothingIsKnownAndNeverOfAList() {
      assertThat(status(Verdict.UP_TO_DATE, true, List.of(), null).toJson())
          .isEqualTo(
              """
              {
                "current_revision": null,
                "expected_head": null,
                "is_compatible": true,
                "pending_count": 0,
                "pending_revisions": [],
                "error": null,
                "summary": "a summary",
                "detail": {
                  "verdict": "UP_TO_DATE",
                  "application": null,
                  "app_version": null,
                  "matrix_row": null,
                  "min_compatible_revision": null,
                  "max_compatible_revision": null,
                  "ahead_revisions": [],
                  "failed_revisions": [],
                  "tool": null,
                  "migration_lock": null,
                  "problem": null,
                  "notes": [],
                  "stale": null,
                  "checked_at": "2026-11-22T03:00:00Z",
                  "duration_ms": 3,
                  "structure": null
                }
              }\
              """);
    }

    @Test
    void saysSinceWhenAnAnswerIsOld() {
      MigrationStatus.Stale stale =
          new MigrationStatus.Stale(Instant.parse("2026-11-22T02:00:00.5Z"), "no \"answer\"");

      assertThat(status(Verdict.UP_TO_DATE, true, List.of(), stale).toJson())
          .contains(
              """
                  "stale": {
                    "since": "2026-11-22T02:00:00Z",
                    "error": "no \\"answer\\""
                  },
              """);
    }

    @Test
    void takesFurtherKeysBehindItsOwn() {
      String json =
          status(Verdict.UP_TO_DATE, true, List.of(), null)
              .json()
              .put("recommendation", "go")
              .toString();

      assertThat(json).endsWith("  },\n  \"recommendation\": \"go\"\n}");
    }
  }

  @ParameterizedTest
  @EnumSource
  void exitsWithZeroExactlyIfCompatible(Verdict verdict) {
    assertThat(status(verdict, true, List.of(), null).exitCode()).isZero();
    assertThat(status(verdict, false, List.of(), null).exitCode()).isEqualTo(verdict.exitCode());
  }

  @Test
  void listsCannotBeChangedFromOutside() {
    List<String> names = new ArrayList<>(List.of("1"));
    MigrationStatus status = status(Verdict.BEHIND, false, names, null);

    names.add("2");

    assertThat(status.pendingRevisions()).containsExactly("1");
    for (List<String> list :
        List.of(
            status.pendingRevisions(),
            status.aheadRevisions(),
            status.failedRevisions(),
            status.notes())) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> list.add("3"));
    }
  }

  @Test
  void aNoteIsAddedBehindTheOthers() {
    MigrationStatus status = status(Verdict.BEHIND, false, List.of("1"), null).withNote("2");

    assertThat(status.notes()).containsExactly("1", "2");
    assertThat(status.pendingRevisions()).containsExactly("1");
  }
}
