// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A project of docs/examples, compiled with the class path of these tests.
 *
 * @param classes the folder of its classes and resources
 */
record ExampleProject(Path classes) {

  /** Returns the folder of an example. */
  static Path folder(String name) {
    return Document.root().resolve("docs/examples").resolve(name);
  }

  /** Compiles an example, its tests included, into a folder. */
  static ExampleProject compile(String name, Path classes) throws IOException {
    copy(folder(name).resolve("src/main/resources"), classes);
    List<String> options =
        new ArrayList<>(List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none"));
    try (Stream<Path> files = Files.walk(folder(name).resolve("src"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(options::add);
    }
    int failed =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    assertThat(failed).as(name + " compiles").isZero();
    return new ExampleProject(classes);
  }

  /** Returns a process that runs its class com.example.orders.Orders, not started yet. */
  ProcessBuilder orders(String... arguments) {
    return java("com.example.orders.Orders", arguments);
  }

  /** Returns a process that runs a class of the class path, not started yet. */
  ProcessBuilder java(String mainClass, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes + File.pathSeparator + classPath(),
                mainClass));
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
