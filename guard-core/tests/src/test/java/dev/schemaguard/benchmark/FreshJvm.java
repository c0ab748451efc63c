// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a {@link Run} takes place: a new JVM with default flags, on this database. */
record FreshJvm(TestDatabase database) {

  /** The figures of one run, by their names. */
  Map<String, Double> run(Run.Kind kind, HistoryFiles files) throws Exception {
    return run(kind, "-", files);
  }

  /** The figures of the first call of one subject. */
  Map<String, Double> run(Run.Kind kind, Subject subject, HistoryFiles files) throws Exception {
    return run(kind, subject.name(), files);
  }

  private Map<String, Double> run(Run.Kind kind, String subject, HistoryFiles files)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(Run.class.getName());
    command.addAll(List.of(kind.name(), subject));
    command.addAll(List.of(database.url(), database.user(), database.password()));
    command.addAll(List.of(files.folder().toString(), String.valueOf(files.revisions())));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    Map<String, Double> figures = new HashMap<>();
    output
        .lines()
        .filter(line -> line.matches("[A-Za-z_0-9]+ [-0-9.]+"))
        .forEach(line -> figures.put(line.split(" ", 2)[0], Double.valueOf(line.split(" ", 2)[1])));
    return figures;
  }
}
