// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.ReadOnlyFolder;
import dev.schemaguard.testing.Statewave;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The programs and the class archive that the command {@code launcher} writes beside the jar. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

  private static final String JAR = "schema-guard-cli.jar";

  @TempDir static Path temp;

  /** A folder whose name a shell would expand. Java 17 archives no jar with a blank in its path. */
  private static Path folder;

  private static CliProcess.Result written;
  private static String url;
  private static Path matrix;

  @BeforeAll
  static void writeLauncher() throws Exception {
    folder = Files.createDirectory(temp.toRealPath().resolve("a$HOME*'b"));
    Files.copy(Path.of(System.getProperty("cli.jar")), folder.resolve(JAR));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    written = run(Map.of(), folder, "", java, "-jar", folder.resolve(JAR).toString(), "launcher");
    url = "jdbc:h2:file:" + temp.resolve("twelve");
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl(url);
    Statewave.update(database, 12);
    matrix = temp.resolve("compatibility.md");
    Files.writeString(matrix, Statewave.resource("statewave/schema-guard/compatibility.md"));
    Files.writeString(
        temp.resolve("revisions.txt"), Statewave.resource("statewave/schema-guard/revisions.txt"));
  }

  private static Map<String, String> sameJava() {
    return Map.of("JAVA_HOME", System.getProperty("java.home"));
  }

  private static CliProcess.Result run(
      Map<String, String> environment, Path directory, String input, String... command)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(temp, "out", "");
    Path err = Files.createTempFile(temp, "err", "");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.contains("JAVA") || name.contains("GUARD"));
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new CliProcess.Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private static CliProcess.Result check(Path launcher, Map<String, String> environment)
      throws Exception {
    return run(
        environment,
        temp,
        "",
        launcher.toString(),
        "check",
        "--url",
        url,
        "--matrix",
        matrix.toString());
  }

  private static Path program() {
    return folder.resolve("schema-guard");
  }

  @Test
  void theCommandNamesWhatItHasWritten() {
    assertThat(written.err()).isEmpty();
    assertThat(written.exitCode()).isZero();
    assertThat(written.out()).contains("schema-guard.cmd and schema-guard-cli.jsa");
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(JAR, "schema-guard", "schema-guard.cmd", "schema-guard-cli.jsa");
    assertThat(program()).isExecutable();
  }

  @Test
  void almostAllClassesComeFromTheArchive() throws Exception {
    Path log = temp.resolve("classes.txt");
    CliProcess.Result result =
        check(
            program(),
            Map.of(
                "JAVA_HOME",
                System.getProperty("java.home"),
                "SCHEMA_GUARD_JAVA_OPTS",
                "-Xlog:class+load:file=" + log));

    assertThat(result.out()).contains("Schema is up to date");
    List<String> own =
        Files.readAllLines(log).stream()
            .filter(line -> line.contains(" dev.schemaguard."))
            .filter(line -> !line.contains("$$Lambda"))
            .toList();
    assertThat(own).hasSizeGreaterThan(150);
    assertThat(own).filteredOn(line -> !line.contains("shared objects file")).hasSizeLessThan(10);
  }

  @Test
  void withoutAnArchiveThatFitsItPrintsTheSame() throws Exception {
    CliProcess.Result with = check(program(), sameJava());
    assertThat(with.exitCode()).isZero();
    Path other = Files.createDirectory(temp.resolve("another place"));
    for (String name : List.of("schema-guard", JAR)) {
      Files.copy(folder.resolve(name), other.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
    }
    Path archive = other.resolve("schema-guard-cli.jsa");
    Path launcher = other.resolve("schema-guard");

    assertThat(check(launcher, sameJava())).as("none").isEqualTo(with);
    Files.copy(folder.resolve("schema-guard-cli.jsa"), archive);
    assertThat(check(launcher, sameJava())).as("of a jar elsewhere").isEqualTo(with);
    Files.setLastModifiedTime(other.resolve(JAR), FileTime.fromMillis(1));
    assertThat(check(launcher, sameJava())).as("of another jar").isEqualTo(with);
    Files.writeString(archive, "no archive");
    assertThat(check(launcher, sameJava())).as("no archive at all").isEqualTo(with);
  }

  @Test
  void anotherJavaRunsWithoutTheArchive() throws Exception {
    for (Path java : otherJavas()) {
      CliProcess.Result result = check(program(), Map.of("JAVA_HOME", java.toString()));
      assertThat(result).as(java.toString()).isEqualTo(check(program(), sameJava()));
    }
  }

  /** The other Java releases of this machine from 17 on; on some machines there are none. */
  private static List<Path> otherJavas() throws IOException {
    List<Path> javas = new ArrayList<>();
    Path all = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(all)) {
      try (var folders = Files.newDirectoryStream(all, "*{21,25}*")) {
        for (Path java : folders) {
          if (Files.isExecutable(java.resolve("bin/java"))) {
            javas.add(java);
          }
        }
      }
    }
    return javas;
  }

  @Test
  void everyArgumentArrivesUnchanged() throws Exception {
    Path launcher = ofProgram("arguments");
    String[] arguments = {
      "check",
      "two words",
      "",
      "*",
      "$HOME `id` \\n \\",
      "it's \"quoted\"",
      "@file",
      "-Dx=1",
      "--",
      "é",
      "%PATH%",
      "a\nb",
      ""
    };
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));

    CliProcess.Result result = run(sameJava(), temp, "typed\nin", command.toArray(String[]::new));

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("[" + String.join("]\n[", arguments) + "]\n")
        .contains("{typed\nin}");
    assertThat(run(sameJava(), temp, "", launcher.toString()).out())
        .as("no arguments")
        .doesNotContain("[");
  }

  @Test
  void optionsOfTheJvmAreSplitAtBlanksAndNotExpanded() throws Exception {
    Path launcher = ofProgram("options");
    Map<String, String> environment =
        Map.of(
            "JAVA_HOME",
            System.getProperty("java.home"),
            "JAVA_OPTS",
            " -Dsome=*  -XX:+UseParallelGC",
            "SCHEMA_GUARD_JAVA_OPTS",
            "-Dother=2");

    CliProcess.Result result = run(environment, Path.of("/"), "", launcher.toString());

    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out()).contains("\n* 2\n");
  }

  @Test
  void itIsFoundThroughLinksInPath() throws Exception {
    Path bin = Files.createDirectory(temp.resolve("bin"));
    Path first = Files.createSymbolicLink(temp.resolve("first link"), program());
    Files.createSymbolicLink(bin.resolve("guard"), Path.of("../" + first.getFileName()));
    Path home = Files.createSymbolicLink(temp.resolve("a java"), javaHome());

    CliProcess.Result result =
        run(
            Map.of("JAVA_HOME", home.toString(), "PATH", bin + ":" + System.getenv("PATH")),
            Path.of("/"),
            "",
            "sh",
            "-c",
            "guard check --url " + url + " --matrix " + matrix);

    assertThat(result.out()).contains("Schema is up to date");
    assertThat(result.exitCode()).isZero();
  }

  private static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  @Test
  void signalsReachTheJvm() throws Exception {
    ProcessBuilder builder = new ProcessBuilder(ofProgram("signals").toString());
    builder.environment().putAll(sameJava());
    Process process = builder.start();

    String pid = process.inputReader().readLine();
    // Its streams stay open, unlike those of a process that is destroyed.
    boolean unused = process.toHandle().destroy();

    assertThat(pid).isEqualTo(Long.toString(process.pid()));
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
  }

  @Test
  void aWrongJavaHomeOrAMissingJarIsNamed() throws Exception {
    CliProcess.Result wrong = check(program(), Map.of("JAVA_HOME", "/no such"));
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("JAVA_HOME is '/no such'").contains("Correct it");

    CliProcess.Result none = check(program(), Map.of("PATH", "/nowhere"));
    assertThat(none.exitCode()).isEqualTo(2);
    assertThat(none.err()).contains("no java in PATH");

    Path alone = Files.createDirectory(temp.resolve("alone"));
    Files.copy(program(), alone.resolve("schema-guard"), StandardCopyOption.COPY_ATTRIBUTES);
    CliProcess.Result noJar = check(alone.resolve("schema-guard"), sameJava());
    assertThat(noJar.exitCode()).isEqualTo(2);
    assertThat(noJar.err()).contains("cannot read '" + alone.toRealPath() + "/" + JAR + "'");
  }

  @Test
  void whatCannotBeWrittenIsNamed() throws Exception {
    assertThat(CommandLineRun.of("launcher")).as("classes in a folder").isEqualTo(2);
    Path closed = Files.createDirectory(temp.resolve("closed"));
    Files.copy(Path.of(System.getProperty("cli.jar")), closed.resolve(JAR));
    try (ReadOnlyFolder locked = ReadOnlyFolder.of(closed)) {
      String java = javaHome().resolve("bin/java").toString();
      String jar = locked.folder().resolve(JAR).toString();

      CliProcess.Result result = run(Map.of(), temp, "", java, "-jar", jar, "launcher");

      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).contains(closed.toString()).contains("Copy the jar to a folder");
    }
  }

  /** A launcher beside the program that prints its arguments. */
  private static Path ofProgram(String name) throws IOException {
    Path place = Files.createDirectory(temp.resolve("printing " + name));
    PrintedArguments.writeTo(place.resolve(JAR));
    return Files.copy(program(), place.resolve("schema-guard"), StandardCopyOption.COPY_ATTRIBUTES);
  }
}
