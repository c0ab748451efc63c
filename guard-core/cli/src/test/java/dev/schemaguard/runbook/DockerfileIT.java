// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of docs/deploy/Dockerfile, run in a folder instead of an image. */
@Tag("full")
class DockerfileIT {

  private static final Path JAR = Path.of(System.getProperty("cli.jar"));

  @TempDir Path root;

  private record Result(int exitCode, String output) {}

  private Result run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    String path = System.getProperty("java.home") + "/bin:" + System.getenv("PATH");
    builder.environment().put("PATH", path);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  private String inFolder(String text) {
    return text.replace("/opt/", root + "/opt/").replace("/app/", root + "/app/");
  }

  private List<String> list(String json) {
    String items = json.substring(json.indexOf('[') + 1, json.lastIndexOf(']'));
    List<String> list = new ArrayList<>();
    for (String item : items.split(",", -1)) {
      list.add(inFolder(item.strip().replace("\"", "")));
    }
    return list;
  }

  @Test
  void theImageWaitsForTheSchemaOfTheApplication() throws Exception {
    List<String> command = new ArrayList<>();
    String app = "";
    for (String line : Files.readAllLines(Document.root().resolve("docs/deploy/Dockerfile"))) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "COPY" -> {
          Path target = Path.of(inFolder(words[2]));
          Files.createDirectories(target.getParent());
          Files.copy(JAR.resolveSibling(words[1]), target);
        }
        case "RUN" -> {
          Result result =
              run(List.of("sh", "-c", inFolder(line.substring("RUN ".length()))), Map.of());
          assertThat(result.exitCode()).as(result.output()).isZero();
        }
        case "ENV" -> app = inFolder(words[1]);
        case "ENTRYPOINT", "CMD" -> command.addAll(list(line));
        default -> assertThat(line).matches("(#|FROM |USER ).*");
      }
    }
    Path folder = Path.of(app.substring(app.indexOf('=') + 1));
    write(folder.resolve("schema-guard/compatibility.md"));

    assertThat(command.get(0)).startsWith(root.toString());
    assertThat(Path.of(command.get(0)).resolveSibling("schema-guard-cli.jsa")).exists();
    command.set(command.indexOf("10m"), "2s");
    Result waited =
        run(
            command,
            Map.of(
                "SCHEMA_GUARD_APP",
                folder.toString(),
                "SCHEMA_GUARD_URL",
                "jdbc:h2:" + root.resolve("db")));

    assertThat(waited.exitCode()).as(waited.output()).isEqualTo(8);
    assertThat(waited.output()).contains("GUARD-UNREACHABLE");
  }

  private static void write(Path matrix) throws IOException {
    Files.createDirectories(matrix.getParent());
    Files.writeString(
        matrix,
        "Application: orders\n\n| App version | Expected |\n|---|---|\n| current | head |\n");
    Files.write(matrix.resolveSibling("revisions.txt"), Arrays.asList("1", "2"));
  }
}
