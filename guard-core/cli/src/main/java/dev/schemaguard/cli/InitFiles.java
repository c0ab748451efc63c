// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files that {@code init} adds to a project, apart from the revision chain: a matrix with one
 * row, the test that keeps the files up to date, and the merge setting of git for the revision
 * chain.
 *
 * @param application the application's name, from which the name of its strict variable is derived;
 *     empty if only the application itself can determine it
 * @param testPackage the package of the test; empty for the unnamed package
 * @param migrations the project's migrations; null if it has none yet
 * @param recursive whether the sub-folders of Alembic's directory were read
 */
record InitFiles(
    String application,
    String testPackage,
    @Nullable InitMigrations migrations,
    boolean recursive) {

  private static final String MERGE = "**/schema-guard/revisions.txt merge=union";

  /**
   * Writes the files that do not exist yet. Existing files are not changed, except {@code
   * .gitattributes}, to which a line is added.
   *
   * @param project the project's directory
   * @return the paths of the written files, relative to the project's directory
   */
  List<Path> writeTo(Path project) {
    List<Path> written = new ArrayList<>();
    Path matrix = Path.of("src/main/resources/schema-guard/compatibility.md");
    writeNew(project, matrix, matrix(), written);
    if (migrations != null) {
      writeNew(project, testPath(), test(migrations), written);
    }
    Path attributes = Path.of(".gitattributes");
    if (addLine(new TextFile(project.resolve(attributes)), MERGE)) {
      written.add(attributes);
    }
    return written;
  }

  private static void writeNew(Path project, Path path, String text, List<Path> written) {
    TextFile file = new TextFile(project.resolve(path));
    if (file.read() == null) {
      file.write(text);
      written.add(path);
    }
  }

  private static boolean addLine(TextFile file, String line) {
    String before = file.read();
    if (before != null && before.lines().anyMatch(line::equals)) {
      return false;
    }
    String start = before == null || before.isEmpty() || before.endsWith("\n") ? "" : "\n";
    file.write((before == null ? "" : before) + start + line + "\n");
    return true;
  }

  private Path testPath() {
    return Path.of("src/test/java")
        .resolve(testPackage.replace('.', '/'))
        .resolve("SchemaGuardFilesTest.java");
  }

  private String matrix() {
    String heading =
        application.isEmpty()
            ? "# Schema compatibility\n\n"
            : "# %1$s: schema compatibility\n\nApplication: %1$s\n".formatted(application);
    return heading
        + """
        Unknown ahead: refused

        | App version | Expected head revision | Min compatible revision |
        |-------------|------------------------|-------------------------|
        | current | head | |
        """;
  }

  private String test(InitMigrations migrations) {
    return """
    %simport dev.schemaguard.build.SchemaFiles;
    import org.junit.jupiter.api.Test;

    class SchemaGuardFilesTest {

      @Test
      void schemaGuardFilesAreCurrent() {
        SchemaFiles.%s(%s)%s.verify();
      }
    }
    """
        .formatted(
            testPackage.isEmpty() ? "" : "package " + testPackage + ";\n\n",
            migrations.tool().factory(),
            migrations.arguments(),
            (recursive ? ".recursive()" : "")
                + (migrations.vendor().isEmpty()
                    ? ""
                    : ".vendor(\"" + migrations.vendor() + "\")"));
  }
}
