// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.cli.CommandLineRun;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.testing.SimpleDataSource;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** The programs that everybody has: Schema Guard's command line, and an application. */
final class Programs {

  private static final String PREFIX = "SCHEMA_GUARD_";

  /** An option whose path begins in the working directory. */
  private static final Pattern PATH = Pattern.compile("^(--(?:app|search-path)=)(?!/)");

  private Programs() {}

  /** {@code schema-guard}; what the shell exports becomes options, for this JVM exports nothing. */
  static int schemaGuard(Program.Call call) {
    List<String> arguments = new ArrayList<>(call.arguments());
    call.environment()
        .forEach(
            (name, value) -> {
              if (name.startsWith(PREFIX) && isTaken(arguments, option(name))) {
                arguments.add(option(name) + "=" + value(call.folder(), name, value));
              }
            });
    return CommandLineRun.of(
        arguments.stream()
            .map(each -> PATH.matcher(each).replaceFirst("$1" + call.folder() + "/"))
            .toArray(String[]::new));
  }

  private static boolean isTaken(List<String> arguments, String option) {
    boolean asksNoDatabase = List.of("verify", "revisions").contains(arguments.get(0));
    return !asksNoDatabase
        && arguments.stream().noneMatch(each -> (each + "=").startsWith(option + "="));
  }

  private static String option(String variable) {
    return "--" + variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String value(Path folder, String name, String value) {
    return name.equals(PREFIX + "APP") ? folder.resolve(value).toString() : value;
  }

  /**
   * {@code java -jar APPLICATION}: what its main method does, with the guard's one line. All that
   * matters of the application, its two files and its version, comes out of the jar.
   */
  static int application(Program.Call call) throws IOException {
    Path jar = call.folder().resolve(call.arguments().get(1));
    Map<String, String> environment = call.environment();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, before);
        JarFile archive = new JarFile(jar.toFile())) {
      Thread.currentThread().setContextClassLoader(loader);
      String version =
          archive
              .getManifest()
              .getMainAttributes()
              .getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      SchemaGuard.builder(
              SimpleDataSource.of(
                  Objects.requireNonNull(environment.get("SCHEMA_GUARD_URL")),
                  environment.get("SCHEMA_GUARD_USER"),
                  ""))
          .applicationVersion(version)
          .environment(name -> name.endsWith("_STRICT_SCHEMA") ? environment.get(name) : null)
          .build()
          .enforce();
      return 0;
    } catch (IncompatibleSchemaException e) {
      System.err.println(e.text());
      return 1;
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Whether bash finds a program on this machine. */
  static boolean isInstalled(String program) {
    return List.of(System.getenv("PATH").split(java.io.File.pathSeparator)).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
