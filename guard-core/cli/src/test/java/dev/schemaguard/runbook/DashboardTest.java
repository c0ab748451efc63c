// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries of the dashboard are PromQL, by Prometheus's own promtool. */
@RequiresPromtool
@Tag("full")
class DashboardTest {

  private static final Pattern EXPRESSION =
      Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*+)\"");

  @TempDir Path temp;

  @Test
  void everyQueryIsAccepted() throws IOException, InterruptedException {
    List<String> queries =
        EXPRESSION
            .matcher(
                Files.readString(Document.root().resolve("docs/deploy/grafana-dashboard.json")))
            .results()
            .map(found -> found.group(1).replace("\\\"", "\"").replace("$guard", ".*"))
            .toList();
    StringBuilder rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
    for (int i = 0; i < queries.size(); i++) {
      rules.append("      - record: panel:").append(i).append("\n        expr: '");
      rules.append(queries.get(i)).append("'\n");
    }
    Path file = Files.writeString(temp.resolve("rules.yaml"), rules);

    Process check =
        new ProcessBuilder("promtool", "check", "rules", file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(check.waitFor()).as(output).isZero();
    assertThat(output).contains(queries.size() + " rules found");
    assertThat(queries).hasSizeGreaterThan(5);
  }
}
