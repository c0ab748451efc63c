// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/examples/plain-java, compiled and started as a process of its own. */
@Tag("full")
class PlainJavaExampleTest {

  @TempDir Path folder;

  private record Result(int exitCode, String output) {}

  private Result orders(ExampleProject example, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = example.orders(arguments);
    builder.environment().put("ORDERS_URL", "jdbc:h2:" + folder.resolve("orders"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  @Test
  void startsOnlyOnItsSchema() throws Exception {
    ExampleProject example = ExampleProject.compile("plain-java", folder.resolve("classes"));

    Result refused = orders(example);
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output()).contains("refused to start orders 1.0.0", "[GUARD-UNINITIALIZED");

    assertThat(orders(example, "migrate").exitCode()).isZero();
    Result runs = orders(example);
    assertThat(runs.exitCode()).as(runs.output()).isZero();
    assertThat(runs.output()).contains("orders 1.0.0 runs: Schema is up to date");
  }
}
