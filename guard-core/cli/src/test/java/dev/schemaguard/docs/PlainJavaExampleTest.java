// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.build.ChainFile;
import dev.schemaguard.build.FlywaySources;
import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/examples/plain-java, compiled and started as a process of its own. */
@Tag("full")
class PlainJavaExampleTest {

  private static final Path EXAMPLE = Document.root().resolve("docs/examples/plain-java");
  private static final Pattern VERSION = Pattern.compile("  <version>([^<]+)</version>");

  @TempDir Path folder;

  private record Result(int exitCode, String output) {}

  private Path compiled() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path resources = EXAMPLE.resolve("src/main/resources");
    try (Stream<Path> files = Files.walk(resources)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = classes.resolve(resources.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    List<String> options =
        new ArrayList<>(List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none"));
    for (String source : List.of("main/java/com/example/orders/Orders.java")) {
      options.add(EXAMPLE.resolve("src").resolve(source).toString());
    }
    options.add(
        EXAMPLE.resolve("src/test/java/com/example/orders/SchemaGuardFilesTest.java").toString());
    int failed =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    assertThat(failed).isZero();
    return classes;
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private Result orders(Path classes, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes + System.getProperty("path.separator") + classPath(),
                "com.example.orders.Orders"));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("ORDERS_URL", "jdbc:h2:" + folder.resolve("orders"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }

  @Test
  void startsOnlyOnItsSchema() throws Exception {
    Path classes = compiled();

    Result refused = orders(classes);
    assertThat(refused.exitCode()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output()).contains("refused to start orders 1.0.0", "[GUARD-UNINITIALIZED");

    assertThat(orders(classes, "migrate").exitCode()).isZero();
    Result runs = orders(classes);
    assertThat(runs.exitCode()).as(runs.output()).isZero();
    assertThat(runs.output()).contains("orders 1.0.0 runs: Schema is up to date");
  }

  @Test
  void itsChainIsCurrentAndItsPomNamesThisVersion() throws IOException {
    Path resources = EXAMPLE.resolve("src/main/resources");
    ChainFile chain = ChainFile.read(resources.resolve("schema-guard/revisions.txt"));

    assertThat(
            chain
                .update(FlywaySources.directories(List.of(resources), "db/migration").read())
                .isCurrent())
        .isTrue();
    String parent = Files.readString(Document.root().resolve("pom.xml"));
    String version =
        VERSION
            .matcher(parent.substring(parent.indexOf("<artifactId>schema-guard-parent")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    assertThat(Files.readString(EXAMPLE.resolve("pom.xml")))
        .contains("<version>" + version + "</version>");
  }
}
