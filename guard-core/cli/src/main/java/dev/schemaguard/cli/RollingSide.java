// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.rolling.UpgradeSide;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.text.BoundedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the two versions that the command {@code rolling} compares, as its options name it.
 *
 * @param option the option that names it: {@code --from}
 * @param path a jar, war or folder of the application, or its matrix or chain
 * @param version its version; null if the artifact says it, or if it has none
 * @param revisions the chain; null if it is beside the matrix or in the application
 * @param schemaFiles schema files besides those of the application
 */
record RollingSide(
    String option,
    Path path,
    @Nullable String version,
    @Nullable Path revisions,
    List<Path> schemaFiles) {

  private static final Path RESOURCES = Path.of("src/main/resources");

  /** Reads the version without its migrations. */
  UpgradeSide read() {
    if (!Files.exists(path)) {
      throw new ConfigurationException(
          option,
          "there is no " + path,
          "Name the application's jar, war or folder, its compatibility.md or its revisions.txt.");
    }
    UpgradeSide side = isDocument() ? ofDocument() : ofApplication();
    CompatibilityMatrix matrix = side.matrix();
    for (Path file : schemaFiles) {
      matrix = with(matrix, file);
    }
    return new UpgradeSide(
        side.name(), matrix, side.version(), side.own(), List.of(), List.of(), side.options());
  }

  /** Returns whether the path is a matrix or chain, and not an application. */
  private boolean isDocument() {
    String name = String.valueOf(path.getFileName());
    return Files.isRegularFile(path) && (name.endsWith(".md") || name.endsWith(".txt"));
  }

  private UpgradeSide ofApplication() {
    if (revisions != null) {
      throw new ConfigurationException(
          option + "-revisions",
          path + " brings its own chain",
          "Leave it out, or name the matrix of that chain with " + option + ".");
    }
    ApplicationArchive archive = ApplicationArchive.read(application());
    String asked = version != null ? version : archive.version();
    // An artifact that does not say its version is of the version that the user says it is.
    boolean own = asked == null || archive.version() == null || asked.equals(archive.version());
    CompatibilityMatrix matrix = archive.matrix(own);
    UpgradeSide side = side(matrix, asked, own, "--app " + word(path));
    // For the other commands, its row current is that of an artifact that says its version.
    boolean isKnownToOthers =
        archive.version() != null || asked == null || matrix.rowFor(asked, false).isPresent();
    return isKnownToOthers ? side : side.withOptions("");
  }

  /** Returns the application's folder or archive; of a project, the folder of its resources. */
  Path application() {
    Path resources = path.resolve(RESOURCES);
    return Files.isDirectory(resources.resolve("schema-guard")) ? resources : path;
  }

  /** Returns whether migrations can be looked for in the path. */
  boolean isApplication() {
    return !isDocument();
  }

  private UpgradeSide ofDocument() {
    boolean chainAlone = String.valueOf(path.getFileName()).endsWith(".txt");
    CompatibilityMatrix matrix =
        chainAlone
            ? beside(CompatibilityMatrix.ofChain(RevisionChain.file(path)))
            : revisions == null
                ? CompatibilityMatrix.file(path)
                : CompatibilityMatrix.file(path, revisions);
    String options = (chainAlone ? "--revisions " : "--matrix ") + word(path);
    if (revisions != null) {
      options += " --revisions " + word(revisions);
    }
    return side(matrix, version, version == null || chainAlone, options);
  }

  private CompatibilityMatrix beside(CompatibilityMatrix matrix) {
    Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
    return new BundledSchemaFiles(folder + "/", BundledSchemaFiles.in(folder)).addTo(matrix);
  }

  private UpgradeSide side(
      CompatibilityMatrix matrix, @Nullable String asked, boolean own, String options) {
    String name = asked == null ? String.valueOf(path.getFileName()) : asked;
    String found = version == null ? options : options + " --app-version " + Rollback.word(version);
    return new UpgradeSide(name, matrix, asked, own, List.of(), List.of(), found);
  }

  private CompatibilityMatrix with(CompatibilityMatrix matrix, Path file) {
    Map<String, String> texts = SchemaArtifact.texts(file);
    String dbms = SchemaArtifact.read(file).files().firstKey();
    if (!Files.isRegularFile(file) || texts.size() != 1) {
      throw new ConfigurationException(
          option + "-schema-file",
          file + " is not a schema file",
          "Name a file schema.DBMS.txt, such as schema.postgresql.txt.");
    }
    try {
      return matrix.withSchemaFile(dbms, BoundedText.of(file), file.toString());
    } catch (IOException e) {
      throw new ConfigurationException(
          file.toString(), "it cannot be read: " + e, "Make it readable for this process.", e);
    }
  }

  private static String word(Path path) {
    return Rollback.word(path.toString());
  }
}
