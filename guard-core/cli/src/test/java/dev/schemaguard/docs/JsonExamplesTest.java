// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.preflight.Rollback.Known;
import dev.schemaguard.preflight.Rollback.Undo;
import dev.schemaguard.preflight.RunningVersion;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Document;
import dev.schemaguard.testing.Document.Block;
import dev.schemaguard.testing.StatusExample;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON that the documents show and explain. */
class JsonExamplesTest {

  private static final Pattern KEY = Pattern.compile("\"(\\w+)\"\\s*:");

  static Stream<Block> examples() {
    return Document.guides().flatMap(document -> document.blocks("json").stream());
  }

  @ParameterizedTest
  @MethodSource("examples")
  void hasTheKeysOfAStatusInTheirOrder(Block example) {
    String json = example.text();
    MigrationStatus status =
        status(
            json.contains("\"migration_lock\": {"),
            json.contains("\"problem\": {"),
            json.contains("\"stale\": {"));
    assertThat(keys(json)).isEqualTo(keys(status.toJson()));
  }

  @Test
  void theGuideShowsOneAndExplainsEveryKey() {
    Document guide = Document.of("docs/reference/status.md");
    String explained = String.join("\n", guide.prose());
    String json =
        new Preflight(
                status(true, true, true),
                true,
                0,
                "",
                List.of(),
                List.of(),
                new Preflight.Connected(
                    List.of(new RunningVersion("", 1, null)), null, List.of(), null, null),
                new Rollback(
                    false,
                    List.of(new Undo("", "", Known.UNKNOWN, Known.UNKNOWN, "")),
                    List.of(),
                    List.of(),
                    List.of()))
            .toJson();
    assertThat(guide.blocks("json")).isNotEmpty();
    assertThat(keys(json)).filteredOn(key -> !explained.contains("`" + key + "`")).isEmpty();
  }

  private static List<String> keys(String json) {
    return KEY.matcher(json).results().map(result -> result.group(1)).toList();
  }

  private static MigrationStatus status(boolean lock, boolean problem, boolean stale) {
    return StatusExample.of(Verdict.UP_TO_DATE)
        .lock(lock ? new MigrationLock(null, null, "", null, false) : null)
        .problem(problem ? new Problem("", "", null, null, null, "", List.of("")) : null)
        .stale(stale ? new MigrationStatus.Stale(Instant.EPOCH, "") : null)
        .status();
  }
}
